using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.HeaderDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class ChecksumWidthTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0048",
        "Field 'Crc' cannot hold the checksum Crc32C, which has 4 bytes; use an integer type of that size",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind, [Trailer, Checksum(ChecksumAlgorithm.Crc32C)] ushort {|#0:Crc|});
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind, [Trailer, Checksum(ChecksumAlgorithm.Crc32C)] uint Crc);
        """);
}
