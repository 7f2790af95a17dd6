using System.Runtime.CompilerServices;

namespace QContinuum.Fuzz.Tests.Protocols;

/// <summary>The default header, and a message for every kind of member.</summary>
internal static class Default
{
    public static Target Target()
    {
        var grid = default(Grid);
        Span<byte> cells = grid;
        cells.Fill(7);
        return new Target<MessageHeader>("Default header")
            .With(new Numbers(true, -1, 2, -3, 4, (Int24)(-5), (UInt24)6u, -7, 8, -9, 10, (Half)1.5f, 2.5f, 3.5, -11, 12, Guid.Empty))
            .With(new Turned(1, 2, 3))
            .With(new Flags(true, Mode.Fast, -2))
            .With(new Square(new Corner(1, new Point(2, 3)), new Point(4, 5), grid))
            .With(new Texts("name"u8, "comment"u8, "rest"u8))
            .With(new Tables([1, 2, 3], [4.5f], [6UL]))
            .With(new Grown(1, 2, 3))
            .With(new GrownText(9, "later"u8))
            .With(new Chosen(Colour.Green, Rights.Read | Rights.Write));
    }
}

[Message(1)]
internal readonly partial record struct Numbers(
    bool A, sbyte B, byte C, short D, ushort E, Int24 F, UInt24 G, int H, uint I, long J, ulong K, Half L, float M, double N, Int128 O, UInt128 P, Guid Q);

[Message(2), BigEndian]
internal readonly partial record struct Turned(int A, [LittleEndian] ushort B, UInt24 C);

internal enum Mode : byte
{
    Slow,
    Fast,
}

[Message(3)]
internal readonly partial record struct Flags([Bits(1)] bool IsSet, [Bits(3)] Mode Mode, [Bits(4)] sbyte Level, [Constant(0xBEEF)] ushort Magic, [Reserved] uint Later);

[WireStruct]
internal readonly partial record struct Point(short X, [BigEndian] short Y);

[WireStruct]
internal readonly partial record struct Corner(byte Kind, Point At);

[InlineArray(6)]
internal struct Grid
{
    private byte _first;
}

[Message(4)]
internal readonly partial record struct Square(Corner From, Point To, Grid Cells);

[Message(5)]
internal readonly ref partial struct Texts
{
    [LengthPrefix(1), Utf8]
    public readonly ReadOnlySpan<byte> Name;

    [ZeroTerminated]
    public readonly ReadOnlySpan<byte> Comment;

    [Constant(0x11)]
    public readonly byte Mark;

    [Tail]
    public readonly ReadOnlySpan<byte> Rest;
}

[Message(6)]
internal readonly ref partial struct Tables
{
    public readonly byte Count;

    [LengthPrefix(3, CountsElements = true), BigEndian]
    public readonly WireSpan<ushort> First;

    [CountedBy(nameof(Count))]
    public readonly WireSpan<float> Second;

    [Tail]
    public readonly WireSpan<ulong> Third;
}

[Message(7, Extensible = true)]
internal readonly partial record struct Grown(int A, [Omittable] ushort B, [Omittable, BigEndian] int C);

[Message(8)]
internal readonly ref partial struct GrownText
{
    public readonly int A;

    [Omittable, LengthPrefix(2)]
    public readonly ReadOnlySpan<byte> Later;
}

internal enum Colour : ushort
{
    Red = 1,
    Green = 2,
    Blue = 400,
}

[Flags]
internal enum Rights : byte
{
    None = 0,
    Read = 1,
    Write = 4,
}

[Message(9)]
internal readonly partial record struct Chosen([Validated] Colour Colour, [Validated] Rights Rights);
