using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class TooLargeForHeaderTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0066",
        "Message 'Position' has 16 bytes at least, and header 'DeviceHeader' frames bodies of at most 5, so that it could never be sent; make 'Position' smaller, or raise MaxFrame of 'DeviceHeader'",
        """
        [Header(ByteOrder.BigEndian, MaxFrame = 8)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind);

        [Message<DeviceHeader>(1)]
        public readonly partial record struct {|#0:Position|}(double Latitude, double Longitude);
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian, MaxFrame = 64)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind);

        [Message<DeviceHeader>(1)]
        public readonly partial record struct Position(double Latitude, double Longitude);
        """);
}
