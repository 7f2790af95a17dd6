namespace QContinuum.Generator.Tests.Declarations;

public sealed class Wrong_headers_show_only_our_rules
{
    [Theory]
    [InlineData("[Length] float L", "QCT0041(L, H, float, use an integer of 1, 2, 3, 4 or 8 bytes)")]
    [InlineData("[Length, MessageId] byte L", "QCT0042(L, H, it has the roles Length, MessageId; keep one)")]
    [InlineData("[Length(Scale = 0)] byte L", "QCT0043(L, H, its Scale is 0; it must be at least 1)")]
    [InlineData("[Bits(3)] byte L", "QCT0044(L, with its neighbours it has 3 bits; make them 8, 16, 24, 32, 40, 48, 56 or 64)")]
    [InlineData("[MessageId(Mask = 0x100)] byte L", "QCT0045(L, H, it has bits beyond the 8 of the field)")]
    [InlineData("[Constant(256)] byte L", "QCT0046(256, L, byte)")]
    [InlineData("byte A, [Trailer] byte T, byte L", "QCT0047(L, H)")]
    [InlineData("byte A, [Trailer, Checksum(ChecksumAlgorithm.Crc32)] ushort L", "QCT0048(L, Crc32, 4)")]
    [InlineData("[MessageId(InBody = true)] byte L, byte After", "QCT0050(L, H)")]
    [InlineData("byte A, [Repeats(\"B\")] byte L", "QCT0051(L, B, its header has no such field)")]
    public void A_field(string fields, string violation)
        => Wrong.Check($"[Header(ByteOrder.BigEndian)] public readonly partial record struct H({fields}); public static class User {{ public static H Make() => default; }}", [violation]);

    [Fact]
    public void A_header_that_is_no_record()
        => Wrong.Check("[Header(ByteOrder.BigEndian)] public partial struct H;", ["QCT0040(H, make it a partial record struct, with a parameter for each field)"]);

    [Fact]
    public void A_limit_below_the_header()
        => Wrong.Check("[Header(ByteOrder.BigEndian, MaxFrame = 3)] public partial record struct H([Length] int L);", ["QCT0052(H, 3, 4)"]);
}
