using static QContinuum.Generator.Tests.Execution.Frames;

namespace QContinuum.Generator.Tests.Execution;

/// <summary>The exact bytes of every kind of member, both ways; and that a body which ends where none may end is refused.</summary>
public sealed class A_message_is_laid_out_as_declared
{
    private const string Vector = "[WireStruct] public partial record struct V(short X, byte Y);";
    private const string Vectors = Vector + "[InlineArray(2)] public struct Two { private V _first; public override string ToString() => $\"{this[0].X},{this[0].Y};{this[1].X},{this[1].Y}\"; public Two(V a, V b) { this[0] = a; this[1] = b; } }";
    private const string Shorts = "[InlineArray(3)] public struct Three { private short _first; public override string ToString() => string.Join(',', this[..].ToArray()); public Three(short a, short b, short c) { this[0] = a; this[1] = b; this[2] = c; } }";
    private const string Guid = "new Guid(\"00112233-4455-6677-8899-aabbccddeeff\")";

    [Theory]
    [InlineData("[Message(1), BigEndian] public partial record struct M(short A, [LittleEndian] int B, long C);", "new(1, 2, -3)", "0001 02000000 FFFFFFFFFFFFFFFD")]
    [InlineData("[Message(1)] public partial record struct M(short A, [BigEndian] int B, long C);", "new(1, 2, -3)", "0100 00000002 FDFFFFFFFFFFFFFF")]
    [InlineData("[Message(1), LittleEndian] public partial record struct M(ushort A, [BigEndian] ushort B, uint C);", "new(1, 2, 3)", "0100 0002 03000000")]
    [InlineData("[Message(1), BigEndian] public partial record struct M(float A, double B, E C); public enum E : ushort { X = 0x0102 }", "new(1.5f, -2.5, E.X)", "3FC00000 C004000000000000 0102")]
    [InlineData("[Message(1)] public partial struct M { [BigEndian] public int A; [BigEndian] public short B { get; set; } }", "new(1, 2)", "00000001 0002")]
    public void Byte_orders(string declaration, string make, string body) => Check(declaration, make, body);

    [Theory]
    [InlineData("new((Int24)(-2), (UInt24)0x010203, (Half)1.5, -2, ((UInt128)1 << 64) + 2, " + Guid + ")", "", "FEFFFF 030201 003E FEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 0200000000000000 0100000000000000 33221100 5544 7766 8899AABBCCDDEEFF")]
    [InlineData("new((Int24)(-2), (UInt24)0x010203, (Half)1.5, -2, ((UInt128)1 << 64) + 2, " + Guid + ")", ", BigEndian", "FFFFFE 010203 3E00 FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFE 0000000000000001 0000000000000002 00112233 4455 6677 8899AABBCCDDEEFF")]
    public void Numbers_of_odd_sizes_and_GUIDs(string make, string order, string body)
        => Check($"[Message(1){order}] public partial record struct M(Int24 A, UInt24 B, Half C, Int128 D, UInt128 E, Guid F);", make, body);

    [Theory]
    [InlineData("", "([Bits(1)] bool A, [Bits(3)] sbyte B, [Bits(12)] ushort C)", "new(true, -2, 0xABC)", "CDAB")]
    [InlineData(", BigEndian", "([Bits(1)] bool A, [Bits(3)] sbyte B, [Bits(12)] ushort C)", "new(true, -2, 0xABC)", "EABC")]
    [InlineData("", "(byte A, [Bits(4)] E B, [Bits(20)] Int24 C, byte D)", "new(1, E.Y, (Int24)(-2), 9)", "01 E5FFFF 09")]
    [InlineData(", BigEndian", "(byte A, [Bits(4)] E B, [Bits(20)] Int24 C, byte D)", "new(1, E.Y, (Int24)(-2), 9)", "01 5FFFFE 09")]
    [InlineData("", "([Bits(64)] ulong A, short B, [Bits(8), BigEndian] byte C, [Bits(56)] long D)", "new(1, 2, 3, -4)", "0100000000000000 0200 03FFFFFFFFFFFFFC")]
    [InlineData("", "([Bits(4)] byte A, [Bits(4)] byte B)", "new(0xF, 0x2)", "2F", "15|2")]
    [InlineData("", "([Bits(3), Reserved] byte A, [Bits(5), Constant(9)] byte B)", "default", "48", "0|9")]
    public void Bits(string order, string members, string make, string body, string? shown = null)
        => Check($"[Message(1){order}] public partial record struct M{members}; public enum E : short {{ X, Y = 5 }}", make, body, shown: shown);

    [Theory]
    [InlineData("partial record struct M([Constant(0xAA)] byte A, int B, [Reserved] ushort C, [Constant(-2)] short D)", "new(5)", "AA 05000000 0000 FEFF")]
    [InlineData("partial record struct M([Constant(0xAA)] byte A, int B, [Reserved] ushort C, [Constant(-2)] short D)", "new(1, 5, 7, 9)", "AA 05000000 0000 FEFF", "170|5|0|-2")]
    [InlineData("partial record struct M([Constant(0x010203), BigEndian] UInt24 A, [Constant(-2)] Int24 B, [Constant(ulong.MaxValue)] ulong C, [Constant(7)] E D)", "default", "010203 FEFFFF FFFFFFFFFFFFFFFF 0700", "66051|-2|18446744073709551615|7")]
    [InlineData("partial struct M { [Constant(1)] public byte A; public byte B; [Reserved] public Guid C { get; } [Reserved] public bool D; }", "new(2)", "01 02 00000000000000000000000000000000 00")]
    public void Constants_and_reserved(string type, string make, string body, string? shown = null)
        => Check($"[Message(1)] public {type}{(type.EndsWith('}') ? "" : ";")} public enum E : short {{ }}", make, body, shown: shown);

    [Theory]
    [InlineData("", "public partial record struct M(byte A, V B)", "new(1, new(2, 3))", "01 0200 03")]
    [InlineData(", BigEndian", "public partial record struct M(byte A, V B)", "new(1, new(2, 3))", "01 0002 03")]
    [InlineData("", "public partial record struct M(V A, [BigEndian] V B)", "new(new(1, 2), new(3, 4))", "0100 02 0003 04")]
    [InlineData("", "public partial record struct M(Two A, [BigEndian] Two B)", "new(new(new(1, 2), new(3, 4)), new(new(5, 6), new(7, 8)))", "0100 02 0300 04 0005 06 0007 08")]
    [InlineData("", "public partial struct M { public byte A; public V B { get; init; } [Reserved] public V C; [Reserved] public Two D; }", "new(1, new(2, 3))", "01 0200 03 000000 000000 000000")]
    public void Structs(string order, string message, string make, string body)
        => Check($"{Vectors} [Message(1){order}] {message}{(message.EndsWith('}') ? "" : ";")}", make, body);

    [Theory]
    [InlineData("[WireStruct, BigEndian] public partial record struct S(short X);", "new(new S(1), new S(2))", "0001 0002")] // Its own order goes first.
    [InlineData("[WireStruct] public partial record struct S([LittleEndian] short X, short Y);", "new(new S(1, 2), new S(3, 4))", "0100 0002 0300 0004")]
    [InlineData("[WireStruct] public partial record struct S([Constant(9)] short X, short Y, [Reserved] byte Z);", "new(new S(1), new S(2))", "0009 0001 00 0009 0002 00")]
    [InlineData("[WireStruct] public partial record struct S([Bits(4)] byte X, [Bits(12)] ushort Y);", "new(new S(1, 2), new S(3, 4))", "1002 3004")]
    [InlineData("[WireStruct] public partial record struct S([Bits(4), LittleEndian] byte X, [Bits(12)] ushort Y);", "new(new S(1, 2), new S(3, 4))", "2100 4300")]
    [InlineData("[WireStruct] public partial record struct S(T X, T Y); [WireStruct] public partial struct T { public UInt24 Z; public override string ToString() => $\"{Z}\"; }", "new(new S(new((UInt24)1), default), default)", "000001 000000 000000 000000")]
    [InlineData("[WireStruct] public partial record struct S(E X, bool Y, Half Z, Guid W); public enum E : ushort { One = 1 }", "new(new S(E.One, true, (Half)1.5, " + Guid + "), default)", "0001 01 3E00 00112233445566778899AABBCCDDEEFF 0000 00 0000 00000000000000000000000000000000")]
    [InlineData("[WireStruct] public partial struct S { public override string ToString() => \"\"; }", "default", "")]
    public void Structs_in_a_big_endian_message(string declaration, string make, string body)
        => Check($"{declaration} [Message(1), BigEndian] public partial record struct M(S A, S B);", make, body);

    [Theory]
    [InlineData("", "new(1, new(2, 3, 4))", "01 0200 0300 0400")]
    [InlineData(", BigEndian", "new(1, new(2, 3, 4))", "01 0002 0003 0004")]
    public void Arrays_of_numbers(string order, string make, string body)
        => Check($"{Shorts} [Message(1){order}] public partial record struct M(byte A, Three B);", make, body);

    [Fact]
    public void Arrays_of_the_framework()
        => Check("[Message(1), BigEndian] public partial struct M { public InlineArray2<int> A; }", "Harness2.Make()", "00000001 00000002", "$\"{m.A[0]}|{m.A[1]}\"", "public static class Harness2 { public static M Make() { M m = default; m.A[0] = 1; m.A[1] = 2; return m; } }");

    [Theory]
    [InlineData("public partial record struct M(byte A, [Omittable] short B, [Omittable] V C)", "new(1, 2, new(3, 4))", "01 0200 0300 04", 1, 3)]
    [InlineData("public partial record struct M([Omittable] byte A, [Omittable, Bits(3)] byte B, [Omittable, Bits(5)] byte C)", "new(1, 2, 3)", "01 1A", 0, 1)]
    [InlineData("public partial record struct M([Bits(8)] byte A, [Omittable, Bits(8)] byte B)", "new(1, 2)", "01 02", 1)]
    [InlineData("public partial struct M { public byte A; [Omittable] public int B { get; init; } [Omittable] public byte C; }", "new(1, 2, 3)", "01 02000000 03", 1, 5)]
    [InlineData("public readonly ref partial struct M { public readonly byte A; [Omittable] public readonly byte B; }", "new(1, 2)", "01 02", 1)]
    public void Omittable_members(string message, string make, string body, params int[] shorter)
        => Check($"{Vector} [Message(1)] {message}{(message.EndsWith('}') ? "" : ";")}", make, body, shorter: shorter);

    [Fact]
    public void Omitted_members_are_zero()
    {
        LayoutHarness m = LayoutHarness.Load($"{Vector} [Message(1)] public partial record struct M(byte A, [Omittable] short B, [Omittable] V C);", "default", "$\"{m.A} {m.B} {m.C.X} {m.C.Y}\"");

        Assert.Equal("1 0 0 0", m.Read(Bytes("01")));
        Assert.Equal("1 2 0 0", m.Read(Bytes("01 0200")));
        Assert.Equal("1 2 3 4", m.Read(Bytes("01 0200 0300 04")));
    }

    [Fact]
    public void Members_beyond_an_extensible_message_are_ignored()
    {
        LayoutHarness m = LayoutHarness.Load("[Message(1, Extensible = true)] public partial record struct M(byte A, [Omittable] short B);", "new(1, 2)", "$\"{m.A} {m.B}\"");
        LayoutHarness plain = LayoutHarness.Load("[Message(1, Extensible = true)] public partial record struct M(byte A, short B);", "new(1, 2)", "$\"{m.A} {m.B}\"");

        Assert.Equal(Bytes("01 0200"), m.Body());
        Assert.Equal(["-", "1 0", "-", "1 2", "1 2", "1 2"], Enumerable.Range(0, 6).Select(length => m.Read(Bytes("01 0200 FFFF")[..Math.Min(length, 5)]) ?? "-"));
        Assert.Equal(["-", "-", "-", "1 2", "1 2", "1 2"], Enumerable.Range(0, 6).Select(length => plain.Read(Bytes("01 0200 FFFF")[..Math.Min(length, 5)]) ?? "-"));
    }

    [Theory]
    [InlineData("[Constant(0xAA)] byte A, int B", "AB 00000000")]
    [InlineData("[Constant(-2)] short A, int B", "FEFE 00000000")]
    [InlineData("[Bits(4)] byte A, [Bits(4), Constant(3)] byte B", "41")]
    [InlineData("[Validated] E A", "02")]
    [InlineData("[Validated] E A", "80")]
    [InlineData("[Validated] F A", "04")]
    [InlineData("[Bits(4), Validated] E A, [Bits(4)] byte B", "02")]
    [InlineData("S A, byte B", "02 0000 00")]
    [InlineData("S A, byte B", "01 0002 00")]
    [InlineData("Two A", "01 0000 01 0002")]
    [InlineData("byte A, [Omittable] S B", "00 02 0000")]
    [InlineData("byte A, [Omittable, Validated] E B", "00 02")]
    public void What_may_not_be_is_refused(string members, string body)
    {
        const string Types = """
            public enum E : sbyte { A = -1, B = 0, C = 1, D = 3 }
            [Flags] public enum F : byte { A = 1, B = 2, C = 0x80 }
            [WireStruct] public partial record struct S([Constant(1)] byte A, byte B, [Validated] E C);
            [InlineArray(2)] public struct Two { private S _first; }
            """;
        LayoutHarness m = LayoutHarness.Load($"{Types} [Message(1)] public partial record struct M({members});", "default", "$\"{m.A}\"");

        Assert.Null(m.Read(Bytes(body)));
        Assert.Null(m.ReadFrame([(byte)Bytes(body).Length, 0, 0, 0, 1, 0, 0, 0, .. Bytes(body)]));
    }

    [Theory]
    [InlineData("[Validated] E A", "FF")]
    [InlineData("[Validated] E A", "03")]
    [InlineData("[Validated] F A", "83")]
    [InlineData("[Validated] F A", "00")]
    [InlineData("[Validated, Bits(4)] E A, [Bits(4)] byte B", "2F")]
    [InlineData("[Reserved] byte A, byte B", "FF 00")]
    [InlineData("[Reserved] S A, byte B", "FFFFFF 00")]
    public void What_may_be_is_read(string members, string body)
    {
        const string Types = """
            public enum E : sbyte { A = -1, B = 0, C = 1, D = 3 }
            [Flags] public enum F : byte { A = 1, B = 2, C = 0x80 }
            [WireStruct] public partial record struct S([Constant(1)] byte A, byte B, [Validated] E C);
            """;
        Assert.NotNull(LayoutHarness.Load($"{Types} [Message(1)] public partial record struct M({members});", "default", "$\"{m.A}\"").Read(Bytes(body)));
    }

    [Fact]
    public void The_byte_order_of_the_header()
    {
        LayoutHarness m = LayoutHarness.Load(
            "[Header(ByteOrder.BigEndian)] public readonly partial record struct H([Length] ushort Length, [MessageId] byte Kind); [Message<H>(7)] public partial record struct M(short A, [LittleEndian] short B);",
            "new(1, 2)",
            "$\"{m.A} {m.B}\"");

        Assert.Equal(Bytes("0004 07 0001 0200"), m.Frame());
        Assert.Equal("1 2", m.ReadFrame(m.Frame()));
    }

    // Positional or not, members are called A, B, C and so on.
    private static void Check(string declaration, string make, string body, string? show = null, string beside = "", string? shown = null, int[]? shorter = null)
    {
        string last = new string([.. "ABCDEF".TakeWhile(name => System.Text.RegularExpressions.Regex.IsMatch(declaration[declaration.IndexOf(" M", StringComparison.Ordinal)..], $@"\b{name}( \{{|[,);])"))]);
        LayoutHarness m = LayoutHarness.Load(declaration + beside, make, show ?? $"string.Join('|', new object[] {{ {string.Join(", ", last.Select(static name => $"Number(m.{name})"))} }})");
        byte[] expected = Bytes(body);

        Assert.Equal(expected, m.Body());
        Assert.Equal([(byte)expected.Length, 0, 0, 0, 1, 0, 0, 0, .. expected], m.Frame());
        Assert.Equal(shown ?? m.Show(), m.Read(expected));
        Assert.Equal(shown ?? m.Show(), m.ReadFrame(m.Frame()));
        Assert.Null(m.Read([.. expected, 0]));
        for (int length = 0; length < expected.Length; length++)
        {
            Assert.Equal(shorter?.Contains(length) == true, m.Read(expected[..length]) is not null);
        }
    }
}
