using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Snapshots;

/// <summary>Processors of headers that users declare.</summary>
public sealed class Processor_files_of_declared_headers
{
    [Fact]
    public void Modbus_device() => Match("""
        [Header(ByteOrder.BigEndian, MaxFrame = 260)]
        public readonly partial record struct ModbusHeader(
            [Correlation] ushort Transaction,
            [Constant(0)] ushort Protocol,
            [Length(CountsFrom = 6)] ushort Length,
            [Copied] byte Unit,
            [MessageId(Mask = 0x7F), Fault(Mask = 0x80)] byte Function);

        [Message<ModbusHeader>(3)]
        public readonly partial record struct ReadRegisters(ushort Address, ushort Count);

        [Message<ModbusHeader>(6)]
        public readonly partial record struct WriteRegister(ushort Address, ushort Value);

        [Message<ModbusHeader>(IsFault = true)]
        public readonly partial record struct Refusal(byte Code);

        [Processor<ModbusHeader>]
        public sealed partial class Device
        {
            [Handles] private WriteRegister On(Peer peer, in WriteRegister request) => request;
            [Handles] private void On(Peer peer, in ModbusHeader header, in ReadRegisters request) { }
            [Handles] private void On(Peer peer, in Refusal fault) { }
            [Unhandled] private void Other(Peer peer, in ModbusHeader header, ReadOnlySpan<byte> body) { }
        }
        """);

    [Fact]
    public void Another_header_in_each_direction() => Match("""
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct Command([Length] ushort Length, [MessageId] byte Code, [Correlation] byte Tag);

        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct Answer([Length] ushort Length, [MessageId] byte Code, [Correlation] byte Tag, byte Status);

        [Message<Command>(1)]
        public readonly partial record struct Read(ushort Register);

        [Message<Answer>(1)]
        public readonly partial record struct Value(ushort Register, uint Content);

        [Processor<Command, Answer>]
        public sealed partial class Registers
        {
            [Handles] private Value On(Peer peer, in Read request) => new(request.Register, 42);
        }
        """);

    [Fact]
    public void Reply_flag_and_unknown_messages_skipped() => Match("""
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct GearmanHeader(
            [Constant(0x00524551, Reply = 0x00524553)] uint Magic,
            [MessageId] uint Type,
            [Length] uint Length);

        [Message<GearmanHeader>(16)]
        public readonly partial record struct Echo(int Number);

        [Message<GearmanHeader>(16, IsReply = true)]
        public readonly partial record struct EchoReply(int Number);

        [Processor<GearmanHeader>(Unknown = UnknownMessages.Skip)]
        public sealed partial class Worker
        {
            [Handles] private void On(Peer peer, in Echo request) { }
            [Handles] private void On(Peer peer, in EchoReply reply) { }
        }
        """);

    [Fact]
    public void Owned_parameter() => Match("""
        [Message(11)]
        public readonly ref partial struct Upload
        {
            public readonly int File;

            [Tail]
            public readonly ReadOnlySpan<byte> Content;
        }

        [Processor]
        public sealed partial class Store
        {
            [Handles]
            private static async ValueTask On(Peer peer, Owned<Upload> upload)
            {
                using (upload)
                {
                    await Task.Yield();
                }
            }
        }
        """);

    private static void Match(string source, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
        => Snapshot.Match(UserProject.Generate($"""
            using System;
            using System.Threading.Tasks;
            using QContinuum;

            namespace Game;

            {source}
            """), "Processor", method: method);
}
