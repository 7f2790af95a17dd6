using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class MessageWithoutIdTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0069",
        "Message 'Failure' has no id, by which a receiver could tell it; give it one, or set IsFault where it answers any request",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [Correlation] ushort Transaction, [MessageId(Mask = 0x7F), Fault(Mask = 0x80)] byte Kind);

        [Message<DeviceHeader>]
        public readonly partial record struct {|#0:Failure|}(byte Code);
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [Correlation] ushort Transaction, [MessageId(Mask = 0x7F), Fault(Mask = 0x80)] byte Kind);

        [Message<DeviceHeader>(IsFault = true)]
        public readonly partial record struct Failure(byte Code);
        """);

    [Fact]
    public Task A_fault_is_told_by_its_header() => Verify.Says(
        "QCT0069",
        "Message 'Failure' has no id, by which a receiver could tell it; give it one, or give its header a [Fault], by which it is told",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind);

        [Message<DeviceHeader>(IsFault = true)]
        public readonly partial record struct {|#0:Failure|}(byte Code);
        """);
}
