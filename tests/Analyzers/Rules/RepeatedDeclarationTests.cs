using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class RepeatedDeclarationTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0073",
        "'Reading' has [Message] more than once, and speaks one header; keep one of them, and declare another type for the other header",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind);

        [Message(1), Message<DeviceHeader>(1)]
        public readonly partial record struct {|#0:Reading|}(int Value);
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind);

        [Message<DeviceHeader>(1)]
        public readonly partial record struct Reading(int Value);
        """);

    [Fact]
    public Task A_processor_is_one_as_well() => Testing.Rule<ProcessorDeclarationAnalyzer>.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind);

        [Processor, Processor<DeviceHeader>]
        public sealed partial class {|QCT0073:Device|};
        """);
}
