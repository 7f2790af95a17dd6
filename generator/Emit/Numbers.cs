using System.Globalization;
using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>
/// Writes conversions between a number of any type and its bits as a <c>ulong</c>, and how it is read and written. All are unchecked, whatever the
/// user's project says of arithmetic.
/// </summary>
internal static class Numbers
{
    /// <summary>The bits of a value, as an expression of type <c>ulong</c>; the bits above its width are zero.</summary>
    public static string ToBits(WireType wire, bool isEnum, string value)
    {
        string number = isEnum ? $"({wire.Keyword()}){value}" : value;
        return wire switch
        {
            WireType.Boolean => $"({value} ? 1UL : 0UL)",
            WireType.SByte => $"unchecked((ulong)(byte){Cast(number)})",
            WireType.Int16 => $"unchecked((ulong)(ushort){Cast(number)})",
            WireType.Int24 => $"unchecked((ulong)((uint)(int){Cast(number)} & 0xFFFFFF))",
            WireType.UInt24 => $"(ulong)(uint){Cast(number)}",
            WireType.Int32 => $"unchecked((ulong)(uint){Cast(number)})",
            WireType.Int64 => $"unchecked((ulong){Cast(number)})",
            _ => $"(ulong){Cast(number)}",
        };
    }

    /// <summary>A number that counts, as an expression of type <c>ulong</c>; of a negative one, more than there can be.</summary>
    public static string ToCount(WireType wire, string value)
        => wire.IsSigned() ? $"unchecked((ulong)(long){(wire == WireType.Int24 ? "(int)" : "")}{Cast(value)})" : ToBits(wire, isEnum: false, value);

    /// <summary>The value with some bits, of which those above its width are ignored.</summary>
    public static string FromBits(WireType wire, string type, string bits) => wire switch
    {
        WireType.Boolean => $"(({bits}) != 0)",
        WireType.UInt24 => $"({type})unchecked((uint)({bits}) & 0xFFFFFF)",
        WireType.Int24 => $"({type})(unchecked((int)({bits}) << 8) >> 8)",
        _ => $"unchecked(({type})({bits}))",
    };

    /// <summary>Reads a value that has bytes of its own.</summary>
    public static string Read(WireType wire, string type, bool isEnum, bool isBigEndian, string origin, int offset)
        => Read(wire, type, isEnum, isBigEndian, origin, Invariant($"{offset}"));

    /// <summary>Reads a value that has bytes of its own, in a layout of <paramref name="size"/> bytes which are all there: one of 24 bits with a byte beside it.</summary>
    public static string Read(WireType wire, string type, bool isEnum, bool isBigEndian, string origin, int offset, int size)
        => Read(wire, type, isEnum, isBigEndian, origin, wire is WireType.Int24 or WireType.UInt24 ? Invariant($"{offset}, {size}") : Invariant($"{offset}"));

    private static string Read(WireType wire, string type, bool isEnum, bool isBigEndian, string origin, string place)
    {
        string read = $"{Names.Wire}.Read{wire.MethodName(isBigEndian)}(in {origin}, {place})";
        return isEnum ? $"({type}){read}" : read;
    }

    /// <summary>Writes a value that has bytes of its own.</summary>
    public static string Write(WireType wire, bool isEnum, bool isBigEndian, string origin, int offset, string value)
    {
        string number = isEnum ? $"({wire.Keyword()}){Cast(value)}" : value;
        return Invariant($"{Names.Wire}.Write{wire.MethodName(isBigEndian)}(ref {origin}, {offset}, {number});");
    }

    /// <summary>Reads the number that a run of bit fields shares.</summary>
    public static string ReadRun(BitsModel bits, string origin)
        => Invariant($"{Names.Wire}.ReadUnsigned{Order(bits)}(in {origin}, {bits.Offset}, {bits.Bytes})");

    /// <summary>Writes the number that a run of bit fields shares.</summary>
    public static string WriteRun(BitsModel bits, string origin, string value)
        => Invariant($"{Names.Wire}.WriteUnsigned{Order(bits)}(ref {origin}, {bits.Offset}, {bits.Bytes}, {value});");

    /// <summary>The value of a bit field within the number that its run shares.</summary>
    public static string Extract(BitsModel bits, WireType wire, string type, string run)
    {
        if (wire.IsSigned())
        {
            int above = 64 - bits.Shift - bits.Count;
            return FromBits(wire, type, Invariant($"((long)({run} << {above})) >> {64 - bits.Count}"));
        }

        return FromBits(wire, type, Invariant($"(({run} >> {bits.Shift}) & {Mask(bits.Count)})"));
    }

    /// <summary>The bits of a value where they stand in the number that its run shares.</summary>
    /// <remarks>A value that has more bits throws when it is written: nothing is cut off in silence.</remarks>
    public static string Insert(BitsModel bits, WireType wire, bool isEnum, string value)
    {
        string number = isEnum ? $"({wire.Keyword()}){value}" : wire == WireType.Int24 ? $"(int){value}" : value;
        string fitted = wire == WireType.Boolean || bits.Count == wire.Size() * 8 ? $"({ToBits(wire, isEnum, value)} & {Mask(bits.Count)})"
            : wire.IsSigned() ? Invariant($"{Names.Wire}.FitSigned((long)({number}), {bits.Count})")
            : Invariant($"{Names.Wire}.FitUnsigned({ToBits(wire, isEnum, value)}, {bits.Count})");
        return Invariant($"({fitted} << {bits.Shift})");
    }

    public static string Literal(ulong value)
        => value < 10 ? Invariant($"{value}UL") : "0x" + value.ToString("X", CultureInfo.InvariantCulture) + "UL";

    /// <summary>A mask of the low bits.</summary>
    public static string Mask(int count) => Literal(BitRun.Mask(count));

    private static string Order(BitsModel bits) => bits is { IsBigEndian: true, Bytes: > 1 } ? "BigEndian" : "";

    private static string Cast(string value) => value.All(static c => char.IsLetterOrDigit(c) || c is '.' or '_' or '@') ? value : $"({value})";
}
