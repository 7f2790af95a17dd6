using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.HeaderDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class UndefinedValueTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0054",
        "'DeviceHeader' is given 7, which is no value of 'ByteOrder'; use one of its names",
        """
        [Header((ByteOrder)7)]
        public readonly partial record struct {|#0:DeviceHeader|}([Length] ushort Length, [MessageId] byte Kind);
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind);
        """);

    [Theory]
    [InlineData("[Length] ushort Length, [MessageId] byte Kind, [Trailer, Checksum((ChecksumAlgorithm)77)] uint {|QCT0054:Crc|}")]
    [InlineData("[Length] ushort Length, [MessageId] byte Kind, [Trailer, Checksum(ChecksumAlgorithm.Crc32C, Over = (ChecksumOver)9)] uint {|QCT0054:Crc|}")]
    public Task Nor_in_a_field(string fields) => Verify.Reports($"[Header(ByteOrder.BigEndian)] public readonly partial record struct DeviceHeader({fields});");

    [Fact]
    public Task Nor_in_a_processor() => Testing.Rule<ProcessorDeclarationAnalyzer>.Reports("[Processor((Threading)7)] public sealed partial class {|QCT0054:Lobby|};");
}
