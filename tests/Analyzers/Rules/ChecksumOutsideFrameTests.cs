using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.HeaderDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class ChecksumOutsideFrameTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0053",
        "Checksum 'Crc' of header 'DeviceHeader' covers what stands from offset 40 on, and the header has 3 bytes; let From be an offset in the header",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader(
            [Length] ushort Length,
            [MessageId] byte Kind,
            [Trailer, Checksum(ChecksumAlgorithm.Crc32C, From = 40)] uint {|#0:Crc|});
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader(
            [Length] ushort Length,
            [MessageId] byte Kind,
            [Trailer, Checksum(ChecksumAlgorithm.Crc32C, From = 2)] uint Crc);
        """);
}
