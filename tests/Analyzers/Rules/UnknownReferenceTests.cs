using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.HeaderDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class UnknownReferenceTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0051",
        "'Again' refers to 'Size', which it cannot use; the header has no such field",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [Repeats("Size")] ushort {|#0:Again|});
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [Repeats("Length")] ushort Again);
        """);

    [Theory]
    [InlineData("[Length] ushort L", "public readonly int A; [SizedBy(\"L\")] public readonly ReadOnlySpan<byte> {|QCT0051:B|};")]
    [InlineData("[Length(CountsFrom = 0)] ushort L", "[SizedBy(\"L\")] public readonly ReadOnlySpan<byte> {|QCT0051:B|};")]
    [InlineData("[Length] ushort L", "[SizedBy(\"L\")] public readonly ReadOnlySpan<byte> B;")]
    [InlineData("[Length] ushort L, [Length] ushort M", "[SizedBy(\"L\")] public readonly ReadOnlySpan<byte> B; [SizedBy(\"M\")] public readonly ReadOnlySpan<byte> C;")]
    [InlineData("[Length] ushort L, [Length] ushort M", "public readonly int A; [SizedBy(\"M\")] public readonly ReadOnlySpan<byte> C;")]
    public Task A_length_sizes_a_part_that_it_alone_counts(string fields, string members) => Testing.Rule<MessageDeclarationAnalyzer>.Reports(
        $$"""
        [Header(ByteOrder.BigEndian)] public readonly partial record struct H({{fields}}, [MessageId] byte Kind);

        [Message<H>(1)] public readonly ref partial struct M { {{members}} }
        """);
}
