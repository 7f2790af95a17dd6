using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.HeaderDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class MaxFrameTooSmallTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0052",
        "Header 'DeviceHeader' has a MaxFrame of 2, less than its own 3 bytes, so that no frame could arrive; raise MaxFrame, which counts header and trailer too",
        """
        [Header(ByteOrder.BigEndian, MaxFrame = 2)]
        public readonly partial record struct {|#0:DeviceHeader|}([Length] ushort Length, [MessageId] byte Kind);
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian, MaxFrame = 260)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind);
        """);
}
