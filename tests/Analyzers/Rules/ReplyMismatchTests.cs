using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class ReplyMismatchTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0068",
        "Message 'Read' cannot have 'Value' as its reply; declare it with IsReply = true",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [Correlation] ushort Transaction, [MessageId] byte Kind);

        [Message<DeviceHeader>(1, Reply = typeof(Value))]
        public readonly partial record struct {|#0:Read|}(ushort Address);

        [Message<DeviceHeader>(2)]
        public readonly partial record struct Value(ushort Number);
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [Correlation] ushort Transaction, [MessageId] byte Kind);

        [Message<DeviceHeader>(1, Reply = typeof(Value))]
        public readonly partial record struct Read(ushort Address);

        [Message<DeviceHeader>(2, IsReply = true)]
        public readonly partial record struct Value(ushort Number);
        """);

    /// <summary>The sender of a request waits for the reply that the request names, or for a fault.</summary>
    [Theory]
    [InlineData("Value On")]
    [InlineData("ValueTask<Value> On")]
    [InlineData("Failure On")]
    [InlineData("Other {|QCT0068:On|}")]
    [InlineData("Task<Other> {|QCT0068:On|}")]
    public Task A_handler_returns_the_reply_of_its_request(string method) => Testing.Rule<ProcessorDeclarationAnalyzer>.Reports(
        $$"""
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId(Mask = 0x7F), Fault(Mask = 0x80)] byte Kind, [Correlation] byte Tag);

        [Message<DeviceHeader>(1, Reply = typeof(Value))] public readonly partial record struct Read(byte Number);
        [Message<DeviceHeader>(2, IsReply = true)] public readonly partial record struct Value(byte Number);
        [Message<DeviceHeader>(3, IsReply = true)] public readonly partial record struct Other(byte Number);
        [Message<DeviceHeader>(IsFault = true)] public readonly partial record struct Failure(byte Code);

        [Processor<DeviceHeader>]
        public sealed partial class Device
        {
            [Handles]
            private static {{method}}(Peer peer, in Read read) => throw new System.NotSupportedException();
        }
        """);
}
