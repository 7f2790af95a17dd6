using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.HeaderDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class ConstantOutOfRangeTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0046",
        "Constant 0x168 does not fit 'Start' of type 'byte', which could never hold it; choose a value that fits, or a wider type",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Constant(0x168)] byte {|#0:Start|}, [Length] ushort Length, [MessageId] byte Kind);
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Constant(0x68)] byte Start, [Length] ushort Length, [MessageId] byte Kind);
        """);
}
