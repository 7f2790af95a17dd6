using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.HeaderDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class MisplacedTrailerTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0047",
        "Field 'Kind' of header 'DeviceHeader' must not stand where it does, because a trailer is behind the body; move the [Trailer] fields to the end, and leave [Length], [MessageId], [Correlation] and flags in front",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [Trailer, Constant(0x16)] byte Stop, [MessageId] byte {|#0:Kind|});
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind, [Trailer, Constant(0x16)] byte Stop);
        """);
}
