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
}
