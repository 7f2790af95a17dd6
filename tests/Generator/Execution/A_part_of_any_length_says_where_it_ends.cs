using static QContinuum.Generator.Tests.Execution.Frames;

namespace QContinuum.Generator.Tests.Execution;

/// <summary>Parts of any length: their exact bytes both ways, every cut and lie refused, and what cannot be said refused when it is written.</summary>
public sealed class A_part_of_any_length_says_where_it_ends
{
    private const string Header = "[Header(ByteOrder.BigEndian)] public readonly partial record struct H([MessageId] byte Kind, [Length] byte KeyLength, [Length] ushort Value, [Length] byte Rest, [Bits(4)] sbyte Small, [Bits(4)] byte Count);";

    [Theory]
    [InlineData("[LengthPrefix(1)] public readonly ReadOnlySpan<byte> A;", "new(\"ab\"u8)", "02 6162")]
    [InlineData("[LengthPrefix(2)] public readonly ReadOnlySpan<byte> A; public readonly int B;", "new(\"ab\"u8, 7)", "0200 6162 07000000")]
    [InlineData("[LengthPrefix(3), BigEndian] public readonly ReadOnlySpan<byte> A; public readonly byte B;", "new(\"ab\"u8, 7)", "000002 6162 07")]
    [InlineData("public readonly short A; [LengthPrefix(4)] public readonly ReadOnlySpan<byte> B; public readonly Guid C;", "new(1, \"\"u8, default)", "0100 00000000 00000000000000000000000000000000")]
    [InlineData("[LengthPrefix(1)] public readonly ReadOnlySpan<byte> A; [LengthPrefix(1)] public readonly ReadOnlySpan<byte> B;", "new(\"a\"u8, \"bc\"u8)", "01 61 02 6263")]
    [InlineData("[LengthPrefix(1)] public readonly WireSpan<short> A;", "new(new short[] { 1, 2 })", "04 0100 0200")]
    [InlineData("[LengthPrefix(1, CountsElements = true)] public readonly WireSpan<short> A;", "new(new short[] { 1, 2 })", "02 0100 0200")]
    [InlineData("[LengthPrefix(2, CountsElements = true), BigEndian] public readonly WireSpan<E> A; public readonly byte B;", "new(new E[] { E.One }, 9)", "0001 00000001 09")]
    [InlineData("[ZeroTerminated] public readonly ReadOnlySpan<byte> A; public readonly short B; [ZeroTerminated] public readonly ReadOnlySpan<byte> C;", "new(\"ab\"u8, 1, \"\"u8)", "616200 0100 00")]
    [InlineData("public readonly byte N; public readonly byte A; [SizedBy(\"N\")] public readonly ReadOnlySpan<byte> B; public readonly byte C;", "new(1, \"ab\"u8, 2)", "02 01 6162 02")]
    [InlineData("public readonly sbyte N; [SizedBy(\"N\")] public readonly WireSpan<int> A;", "new(new int[] { 1 })", "04 01000000")]
    [InlineData("public readonly UInt24 N; [CountedBy(\"N\")] public readonly WireSpan<int> A; public readonly byte B; [CountedBy(\"N\")] public readonly WireSpan<ushort> C;", "new(new int[] { 1 }, 2, new ushort[] { 3 })", "010000 01000000 02 0300")]
    [InlineData("public readonly Int24 N; [CountedBy(\"N\")] public readonly WireSpan<UInt128> A;", "new(new UInt128[] { 1 })", "010000 01000000000000000000000000000000")]
    [InlineData("[Bits(4)] public readonly byte N; [Bits(4)] public readonly byte A; [SizedBy(\"N\")] public readonly ReadOnlySpan<byte> B;", "new(9, \"ab\"u8)", "92 6162")]
    [InlineData("public readonly long N; [SizedBy(\"N\")] public readonly ReadOnlySpan<byte> A; [Constant(0x55)] public readonly byte B;", "new(\"ab\"u8)", "0200000000000000 6162 55")]
    [InlineData("public readonly byte A { get; } [LengthPrefix(1)] public ReadOnlySpan<byte> @class { get; } [Reserved] public readonly short C;", "new(1, \"ab\"u8)", "01 02 6162 0000")]
    public void Bytes_both_ways_and_every_cut(string members, string make, string body) => Check(members, make, body, isOpen: false);

    [Theory]
    [InlineData("[ZeroTerminated] public readonly ReadOnlySpan<byte> A; [Tail] public readonly ReadOnlySpan<byte> B;", "new(\"a\"u8, \"bc\"u8)", "6100 6263", 2, 3)]
    [InlineData("public readonly byte A; [Tail, Utf8] public readonly ReadOnlySpan<byte> B;", "new(1, \"é\"u8)", "01 C3A9", 1)]
    [InlineData("public readonly byte A; [Tail] public readonly WireSpan<short> B;", "new(1, new short[] { 2, 3 })", "01 0200 0300", 1, 3)]
    [InlineData("public readonly byte A; [Omittable] public readonly byte B; [Omittable, LengthPrefix(1)] public readonly ReadOnlySpan<byte> C; [Omittable, ZeroTerminated] public readonly ReadOnlySpan<byte> D;", "new(1, 2, \"a\"u8, \"b\"u8)", "01 02 01 61 62 00", 1, 2, 4)]
    [InlineData("public readonly byte A; [Omittable] public readonly byte B; [Tail] public readonly ReadOnlySpan<byte> C;", "new(1, 2, \"ab\"u8)", "01 02 6162", 1, 2, 3)]
    public void Bytes_both_ways_where_a_body_may_end_sooner(string members, string make, string body, params int[] shorter) => Check(members, make, body, isOpen: members.Contains("Tail", StringComparison.Ordinal), shorter);

    [Theory]
    [InlineData("[LengthPrefix(4)] public readonly ReadOnlySpan<byte> A;", "FFFFFFFF 00")]
    [InlineData("[LengthPrefix(4, CountsElements = true)] public readonly WireSpan<long> A;", "00000020 00")] // 0x2000_0000 × 8 is 0 in 32 bits.
    [InlineData("[LengthPrefix(4, CountsElements = true)] public readonly WireSpan<long> A; [Tail] public readonly ReadOnlySpan<byte> B;", "00000020 00")]
    [InlineData("[LengthPrefix(1)] public readonly WireSpan<short> A;", "03 000000")]
    [InlineData("public readonly ulong N; [SizedBy(\"N\")] public readonly ReadOnlySpan<byte> A;", "FFFFFFFFFFFFFFFF 00")]
    [InlineData("public readonly long N; [CountedBy(\"N\")] public readonly WireSpan<int> A;", "0000000000000040 00")]
    [InlineData("public readonly sbyte N; [Tail] public readonly ReadOnlySpan<byte> A;", "")]
    [InlineData("public readonly int N; [SizedBy(\"N\")] public readonly ReadOnlySpan<byte> A; [Tail] public readonly ReadOnlySpan<byte> B;", "FFFFFFFF 00")]
    [InlineData("public readonly byte N; [SizedBy(\"N\")] public readonly WireSpan<short> A;", "03 000000")]
    [InlineData("[Tail, Utf8] public readonly ReadOnlySpan<byte> A;", "C3")]
    [InlineData("[LengthPrefix(1), Utf8] public readonly ReadOnlySpan<byte> A; public readonly byte B;", "01 C3 A9")]
    [InlineData("[ZeroTerminated, Utf8] public readonly ReadOnlySpan<byte> A;", "EDA080 00")] // A lone surrogate.
    [InlineData("[ZeroTerminated] public readonly ReadOnlySpan<byte> A; [Constant(7)] public readonly byte B;", "6100 08")]
    [InlineData("[Tail] public readonly WireSpan<int> A;", "010203")]
    public void What_may_not_be_is_refused(string members, string body)
        => Assert.Null(LayoutHarness.Load($"[Message(1)] public readonly ref partial struct M {{ {members} }} public enum E {{ One = 1 }}", "default", "$\"{m.A.Length}\"").Read(Bytes(body)));

    [Fact]
    public void A_count_below_zero_is_refused_though_the_body_has_as_many_bytes_as_its_bits_say()
    {
        LayoutHarness m = LayoutHarness.Load("[Message(1)] public readonly ref partial struct M { public readonly sbyte N; [SizedBy(\"N\")] public readonly ReadOnlySpan<byte> A; }", "default", "$\"{m.A.Length}\"");

        Assert.Equal("127", m.Read([127, .. new byte[127]]));
        Assert.Null(m.Read([128, .. new byte[128]]));
        Assert.Null(m.Read([255, .. new byte[255]]));
    }

    [Theory]
    [InlineData("[LengthPrefix(1)] public readonly ReadOnlySpan<byte> A;", "new(new byte[256])", "'A' has a length of 256, and the wire has room for 255.")]
    [InlineData("[LengthPrefix(2, CountsElements = true)] public readonly WireSpan<byte> A;", "new(new byte[65536])", "'A' has a length of 65536, and the wire has room for 65535.")]
    [InlineData("[ZeroTerminated] public readonly ReadOnlySpan<byte> A;", "new(new byte[] { 1, 0, 2 })", "'A' has a zero byte, which would end it on the wire.")]
    [InlineData("public readonly sbyte N; [SizedBy(\"N\")] public readonly ReadOnlySpan<byte> A;", "new(new byte[128])", "'A' has a length of 128, and the wire has room for 127.")]
    [InlineData("[Bits(4)] public readonly sbyte N; [Bits(4)] public readonly byte B; [SizedBy(\"N\")] public readonly ReadOnlySpan<byte> A;", "new(0, new byte[8])", "'A' has a length of 8, and the wire has room for 7.")]
    [InlineData("public readonly byte N; [CountedBy(\"N\")] public readonly WireSpan<int> A; [CountedBy(\"N\")] public readonly WireSpan<int> B;", "new(new int[2], new int[3])", "'B' has a length of 3, and another part of 2; one number on the wire says both.")]
    public void What_the_wire_cannot_say_is_refused_when_it_is_written(string members, string make, string problem)
    {
        LayoutHarness m = LayoutHarness.Load($"[Message(1)] public readonly ref partial struct M {{ {members} }}", make, "\"\" + m.A.Length");

        Assert.Equal(problem, Assert.Throws<ArgumentException>(m.Frame).Message);
        Assert.Equal(problem, Assert.Throws<ArgumentException>(m.Body).Message);
    }

    [Fact]
    public void Empty_parts_of_a_default_value_are_written()
    {
        LayoutHarness m = LayoutHarness.Load("[Message(1)] public readonly ref partial struct M { public readonly byte N; [SizedBy(\"N\")] public readonly ReadOnlySpan<byte> A; [LengthPrefix(2)] public readonly WireSpan<int> B; [ZeroTerminated] public readonly ReadOnlySpan<byte> C; }", "default", "$\"{m.A.Length} {m.B.Length} {m.C.Length}\"");

        Assert.Equal(Bytes("00 0000 00"), m.Body());
        Assert.Equal("0 0 0", m.Read(Bytes("00 0000 00")));
    }

    [Fact]
    public void Bytes_beyond_an_extensible_message_are_ignored()
    {
        LayoutHarness m = LayoutHarness.Load("[Message(1, Extensible = true)] public readonly ref partial struct M { [LengthPrefix(1)] public readonly ReadOnlySpan<byte> A; }", "default", "Convert.ToHexString(m.A)");

        Assert.Equal("61", m.Read(Bytes("01 61 FF 00")));
        Assert.Null(m.Read(Bytes("02 61")));
    }

    // The first [Length] of the header is derived from what the parts leave.
    [Theory]
    [InlineData("[SizedBy(\"Value\")] public readonly ReadOnlySpan<byte> A; [SizedBy(\"Rest\")] public readonly ReadOnlySpan<byte> B; [SizedBy(\"KeyLength\")] public readonly ReadOnlySpan<byte> C;", "new(\"ab\"u8, \"c\"u8, \"\"u8)", "01 00 0002 01 00", "6162 63")]
    [InlineData("[SizedBy(\"KeyLength\")] public readonly ReadOnlySpan<byte> A; [SizedBy(\"Value\")] public readonly ReadOnlySpan<byte> B;", "new(\"ab\"u8, \"c\"u8)", "01 02 0001 00 00", "6162 63")]
    [InlineData("public readonly byte A; [SizedBy(\"Small\")] public readonly ReadOnlySpan<byte> B; [CountedBy(\"Count\")] public readonly WireSpan<short> C;", "new(7, \"ab\"u8, new short[] { 1 })", "01 05 0000 00 21", "07 6162 0001")]
    [InlineData("[CountedBy(\"Count\")] public readonly WireSpan<short> A; [CountedBy(\"Count\")] public readonly WireSpan<int> B;", "new(new short[] { 1 }, new int[] { 2 })", "01 06 0000 00 01", "0001 00000002")]
    public void A_field_of_the_header_says_how_long_a_part_is(string members, string make, string header, string body)
    {
        LayoutHarness m = LayoutHarness.Load($"{Header} [Message<H>(1)] public readonly ref partial struct M {{ {members} }}", make, Show(members), isHeaderSized: true);
        byte[] frame = [.. Bytes(header), .. Bytes(body)];

        Assert.Equal(frame, m.Frame());
        Assert.Equal(Bytes(body), m.Body());
        Assert.Equal(m.Show(), m.ReadFrame(frame));
        for (int length = 0; length < frame.Length; length++)
        {
            Assert.Null(m.ReadFrame(frame[..length]));
        }
    }

    [Theory]
    [InlineData("[SizedBy(\"Small\")] public readonly ReadOnlySpan<byte> A;", "new(new byte[8])", "'A' has a length of 8, and the wire has room for 7.")]
    [InlineData("[CountedBy(\"Count\")] public readonly WireSpan<int> A;", "new(new int[16])", "'A' has a length of 16, and the wire has room for 15.")]
    [InlineData("[CountedBy(\"Count\")] public readonly WireSpan<int> A; [CountedBy(\"Count\")] public readonly WireSpan<int> B;", "new(new int[1], new int[2])", "'B' has a length of 2, and another part of 1; one number on the wire says both.")]
    public void What_a_field_of_the_header_cannot_say_is_refused_when_it_is_written(string members, string make, string problem)
    {
        LayoutHarness m = LayoutHarness.Load($"{Header} [Message<H>(1)] public readonly ref partial struct M {{ {members} }}", make, "\"\" + m.A.Length", isHeaderSized: true);

        Assert.Equal(problem, Assert.Throws<ArgumentException>(m.Frame).Message);
    }

    [Fact]
    public void A_field_of_the_header_that_is_negative_or_says_too_much_is_refused()
    {
        LayoutHarness m = LayoutHarness.Load($"{Header} [Message<H>(1)] public readonly ref partial struct M {{ [SizedBy(\"Small\")] public readonly ReadOnlySpan<byte> A; }}", "default", "\"\" + m.A.Length", isHeaderSized: true);

        Assert.Equal("2", m.ReadFrame(Bytes("01 02 0000 00 20 0000")));
        Assert.Null(m.ReadFrame(Bytes("01 02 0000 00 30 0000")));
        Assert.Null(m.ReadFrame(Bytes("01 02 0000 00 10 0000")));
        Assert.Null(m.ReadFrame([0x01, 0x0F, 0, 0, 0, 0xF0, .. new byte[15]]));
    }

    [Theory]
    [InlineData("init;", "")]
    [InlineData("", "QCT0051(A, KeyLength, the header gives that field a value of its own; use one that the sender chooses)")]
    public void A_header_written_by_hand_says_it_where_a_message_can_give_it_the_value(string setter, string violation)
    {
        string source = $$"""
            public readonly struct H : IHeader<H>
            {
                public ushort KeyLength { get; {{setter}} }

                static HeaderCodec IHeader<H>.Codec { get; } = HeaderCodec.Of<H>();
                static int IHeader<H>.Size => 2;
                static H IHeader<H>.Create(long id, ulong correlation, MessageRole role) => default;
                static void IHeader<H>.Write(scoped in H header, int body, scoped Span<byte> frame) { frame[0] = (byte)body; frame[1] = (byte)header.KeyLength; }

                static FrameStatus IHeader<H>.TryReadFrame(ReadOnlySpan<byte> bytes, int maxBody, out H header, out FrameExtent extent)
                {
                    header = bytes.Length > 1 ? Of(bytes[1]) : default;
                    extent = new FrameExtent(bytes.Length > 1 ? 2 + bytes[0] : 2, 2, bytes.Length > 1 ? bytes[0] : 0);
                    return extent.Length <= bytes.Length ? FrameStatus.Complete : FrameStatus.Incomplete;
                }

                private static H Of(byte length) => new() {{(setter.Length > 0 ? "{ KeyLength = length }" : "")}};
            }

            [Message<H>(1)] public readonly ref partial struct M { [SizedBy("KeyLength")] public readonly ReadOnlySpan<byte> A; public readonly byte B; }
            """;
        if (violation.Length > 0)
        {
            Declarations.Wrong.Check(source, [violation]);
            return;
        }

        LayoutHarness m = LayoutHarness.Load(source, "new(\"ab\"u8, 7)", "Convert.ToHexString(m.A) + m.B", isHeaderSized: true);
        Assert.Equal(Bytes("03 02 6162 07"), m.Frame());
        Assert.Equal("61627", m.ReadFrame(m.Frame()));
        Assert.Null(m.ReadFrame(Bytes("03 03 6162 07")));
        Assert.Null(m.ReadFrame(Bytes("03 01 6162 07")));
    }

    [Fact]
    public void A_body_without_its_header_is_no_message_that_the_header_sizes()
    {
        var make = () => LayoutHarness.Load(
            $"{Header} [Message<H>(1)] public readonly ref partial struct M {{ [SizedBy(\"Small\")] public readonly ReadOnlySpan<byte> A; }} public static class Try {{ public static bool Read() => MessageCodec.TryRead<M>(ReadOnlyMemory<byte>.Empty, out _); }}",
            "default",
            "\"\" + m.A.Length + Try.Read()",
            isHeaderSized: true);

        Assert.Equal(
            "Parts of M are sized by its header: read the whole frame.",
            Assert.Throws<NotSupportedException>(make().Show).Message);
    }

    private static void Check(string members, string make, string body, bool isOpen, params int[] shorter)
    {
        LayoutHarness m = LayoutHarness.Load($"[Message(1)] public readonly ref partial struct M {{ {members} }} public enum E {{ One = 1 }}", make, Show(members));
        byte[] expected = Bytes(body);

        Assert.Equal(expected, m.Body());
        Assert.Equal([(byte)expected.Length, 0, 0, 0, 1, 0, 0, 0, .. expected], m.Frame());
        Assert.Equal(m.Show(), m.Read(expected));
        Assert.Equal(m.Show(), m.ReadFrame(m.Frame()));
        if (!isOpen)
        {
            Assert.Null(m.Read([.. expected, 0]));
        }

        for (int length = 0; length < expected.Length; length++)
        {
            Assert.Equal(shorter.Contains(length), m.Read(expected[..length]) is not null);
        }
    }

    // Spans of bytes in hexadecimal, others as their numbers; what is derived is not shown.
    private static string Show(string members)
    {
        IEnumerable<string> shown = System.Text.RegularExpressions.Regex.Matches(members, @"(?<type>[\w<>]+) (?<name>@?[A-MO-Z]\b|@class)(;| \{)")
            .Select(static match => (Type: match.Groups["type"].Value, Name: match.Groups["name"].Value))
            .Select(static member => member.Type switch
            {
                "ReadOnlySpan<byte>" => $"Convert.ToHexString(m.{member.Name})",
                var type when type.StartsWith("WireSpan", StringComparison.Ordinal) => $"string.Join(',', m.{member.Name}.ToArray())",
                _ => $"m.{member.Name}.ToString()",
            });
        string[] all = [.. shown];
        Assert.NotEmpty(all);
        bool hasConstant = members.Contains("[Constant", StringComparison.Ordinal);
        return string.Join(" + \"|\" + ", hasConstant ? all[..^1] : all);
    }
}
