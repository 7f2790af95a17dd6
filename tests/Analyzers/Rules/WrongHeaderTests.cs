using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.ProcessorDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class WrongHeaderTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT1020",
        "Handler 'On' takes or returns 'Move', which is bound to header 'MessageHeader', and its processor speaks 'DeviceHeader' there; bind 'Move' to 'DeviceHeader', or move the handler to a processor of 'MessageHeader'",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind);

        [Message(1)]
        public readonly partial record struct Move(int Entity);

        [Processor<DeviceHeader>]
        public sealed partial class Lobby
        {
            [Handles]
            private void {|#0:On|}(Peer peer, in Move move)
            {
            }
        }
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind);

        [Message<DeviceHeader>(1)]
        public readonly partial record struct Move(int Entity);

        [Processor<DeviceHeader>]
        public sealed partial class Lobby
        {
            [Handles]
            private void On(Peer peer, in Move move)
            {
            }
        }
        """);
}
