using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.HeaderDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class BitsDoNotFitTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0044",
        "The [Bits] on 'Version' do not fit; 'Version' and its neighbours have 7 bits together, and must have a whole number of bytes, 8 at most",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [Bits(3)] byte {|#0:Version|}, [Bits(4), MessageId] byte Kind);
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [Bits(3)] byte Version, [Bits(1), Reserved] byte Spare, [Bits(4), MessageId] byte Kind);
        """);
}
