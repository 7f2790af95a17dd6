namespace QContinuum.Generator.Tests.Declarations;

public sealed class Wrong_headers_show_only_our_rules
{
    [Theory]
    [InlineData("[Length] float L", "QCT0041(L, H, float, use an integer of 1, 2, 3, 4 or 8 bytes for a length)")]
    [InlineData("[Length, MessageId] byte L", "QCT0042(L, H, [Length] and [MessageId] exclude each other; keep one of them)")]
    [InlineData("[Length(Scale = 0)] byte L", "QCT0043(L, H, Scale is 0, and must be from 1 to 65536)")]
    [InlineData("[Bits(3)] byte L", "QCT0044(L, 'L' and its neighbours have 3 bits together, and must have a whole number of bytes, 8 at most)")]
    [InlineData("[MessageId(Mask = 0x100)] byte L", "QCT0045(L, H, 0x100 has bits that the field, of 8 bits, has not)")]
    [InlineData("[Constant(256)] byte L", "QCT0046(0x100, L, byte)")]
    [InlineData("byte A, [Trailer] byte T, byte L", "QCT0047(L, H)")]
    [InlineData("byte A, [Trailer, Checksum(ChecksumAlgorithm.Crc32)] ushort L", "QCT0048(L, Crc32, 4)")]
    [InlineData("[MessageId(InBody = true)] byte L, byte After", "QCT0050(L, H)")]
    [InlineData("byte A, [Repeats(\"B\")] byte L", "QCT0051(L, B, the header has no such field)")]
    public void A_field(string fields, string violation)
        => Wrong.Check($"[Header(ByteOrder.BigEndian)] public readonly partial record struct H({fields}); public static class User {{ public static H Make() => default; }}", [violation]);

    [Fact]
    public void A_header_that_is_no_record()
        => Wrong.Check("[Header(ByteOrder.BigEndian)] public partial struct H;", ["QCT0040(H, make it a record struct, whose parameters are the fields on the wire)"]);

    [Fact]
    public void A_limit_below_the_header()
        => Wrong.Check("[Header(ByteOrder.BigEndian, MaxFrame = 3)] public partial record struct H([Length] int L);", ["QCT0052(H, 3, 4)"]);
}
