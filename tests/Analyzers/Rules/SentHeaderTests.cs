using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.SentHeaderAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class SentHeaderTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT1021",
        "Handler 'On' sends 'Told', which is bound to header 'MessageHeader', to a peer that is sent 'DeviceHeader', so that it is never sent; bind 'Told' to 'DeviceHeader', or declare the processor to send 'MessageHeader'",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind);

        [Message<DeviceHeader>(1)]
        public readonly partial record struct Ask(int Sensor);

        [Message(2)]
        public readonly partial record struct Told(int Value);

        [Processor<DeviceHeader>]
        public sealed partial class Device
        {
            [Handles]
            private static void On(Peer peer, Ask ask) => {|#0:peer.Send(new Told(ask.Sensor))|};
        }
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind);

        [Message<DeviceHeader>(1)]
        public readonly partial record struct Ask(int Sensor);

        [Message<DeviceHeader>(2)]
        public readonly partial record struct Told(int Value);

        [Processor<DeviceHeader>]
        public sealed partial class Device
        {
            [Handles]
            private static void On(Peer peer, Ask ask) => peer.Send(new Told(ask.Sensor));
        }
        """);

    /// <summary>A gateway has peers that speak another protocol, and a processor may send another header than it receives.</summary>
    [Fact]
    public Task Other_peers_may_be_sent_other_headers() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind);

        [Message<DeviceHeader>(1)]
        public readonly partial record struct Ask(int Sensor);

        [Message(2)]
        public readonly partial record struct Told(int Value);

        [Processor<DeviceHeader, MessageHeader>]
        public sealed partial class Device
        {
            [Handles]
            private static void On(Peer peer, Ask ask) => peer.Send(new Told(ask.Sensor));
        }

        [Processor<DeviceHeader>]
        public sealed partial class Gateway
        {
            private Peer _upstream = null!;

            [Opened]
            private void Open(Peer peer) => _upstream = peer;

            [Handles]
            private void On(Peer peer, Ask ask)
            {
                _upstream.Send(new Told(ask.Sensor));
                System.Action later = () => {|QCT1021:peer.Send(new Told(ask.Sensor))|};
                peer.Send(ask);
            }
        }
        """);

    /// <summary>What is awaited is refused as what is not.</summary>
    [Theory]
    [InlineData("private static async ValueTask On(Peer peer, Ask ask) => await {|QCT1021:peer.SendAsync(new Told(ask.Sensor))|};")]
    [InlineData("private static void On(Peer peer, Ask ask) { _ = {|QCT1021:peer.SendAsync(new Told(ask.Sensor))|}; }")]
    [InlineData("private static void On(Peer peer, Ask ask) => {|QCT1021:peer.Send(default(OfficeHeader), new Told(ask.Sensor))|};")]
    [InlineData("private static void On(Peer peer, Ask ask) => {|QCT1021:peer.Reply(default(OfficeHeader), new Told(ask.Sensor))|};")]
    [InlineData("private static void On(Peer peer, Ask ask) { _ = {|QCT1021:peer.RequestAsync(new Told(ask.Sensor))|}; }")]
    [InlineData("private static void On(Peer peer, Ask ask) { _ = {|QCT1021:peer.RequestOwnedAsync(new Told(ask.Sensor))|}; }")]
    public Task Every_way_to_send_is_looked_at(string handler) => Verify.Reports(
        $$"""
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind);

        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct OfficeHeader([Length] ushort Length, [MessageId] byte Kind, [Correlation] ushort Call);

        [Message<DeviceHeader>(1)]
        public readonly partial record struct Ask(int Sensor);

        [Message<OfficeHeader>(2, Reply = typeof(Heard))]
        public readonly partial record struct Told(int Value);

        [Message<OfficeHeader>(3, IsReply = true)]
        public readonly partial record struct Heard(int Value);

        [Processor<DeviceHeader>]
        public sealed partial class Device
        {
            [Handles]
            {{handler}}
        }
        """);

    /// <summary>What a user calls as the library does may do what it likes with the message.</summary>
    [Fact]
    public Task What_is_not_the_peers_own_sends_what_it_will() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind);

        [Message<DeviceHeader>(1)]
        public readonly partial record struct Ask(int Sensor);

        [Message(2)]
        public readonly partial record struct Told(int Value);

        [Processor<DeviceHeader>]
        public sealed partial class Device
        {
            [Handles]
            private static void On(Peer peer, Ask ask) => Reply(peer, new Told(ask.Sensor));

            private static void Reply(Peer peer, Told told) => peer.Send(new Ask(told.Value));
        }
        """);
}
