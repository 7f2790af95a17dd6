using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.HeaderDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class HeaderFieldTypeTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0041",
        "Field 'Length' of header 'DeviceHeader' has type 'float', which cannot have its role; use an integer of 1, 2, 3, 4 or 8 bytes for a length",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] float {|#0:Length|}, [MessageId] byte Kind);
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind);
        """);

    [Theory]
    [InlineData("[MessageId] ulong First, [MessageId] byte {|QCT0041:Second|}")]
    [InlineData("[MessageId] uint First, [MessageId] uint Second")]
    public Task Two_ids_have_eight_bytes_together(string fields) => Verify.Reports(
        $"[Header(ByteOrder.BigEndian)] public readonly partial record struct H([Length] ushort Length, {fields});");
}
