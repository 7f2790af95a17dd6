using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.HeaderDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class MisplacedBodyIdTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0050",
        "Field 'Kind' of header 'DeviceHeader' is an id in the body, and a field that is not part of the body follows it; move that field in front of 'Kind', or make it a [Trailer]",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId(InBody = true)] byte {|#0:Kind|}, byte Unit);
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, byte Unit, [MessageId(InBody = true)] byte Kind);
        """);
}
