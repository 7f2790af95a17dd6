using QContinuum.Generator.Model;
using static System.FormattableString;

namespace QContinuum.Generator.Emit;

/// <summary>Writes conversions between the value of a header field and its bits.</summary>
internal static class HeaderBits
{
    /// <summary>The bits of a field of <paramref name="header"/>, as an expression of type <c>ulong</c>.</summary>
    public static string Of(HeaderFieldModel field, string header)
    {
        string bits = Numbers.ToBits(field.Wire, field.IsEnum, $"{header}.{field.Name}");
        return field.Bits is null ? $"({bits})" : $"({bits} & {Numbers.Mask(field.Width)})";
    }

    /// <summary>The value with some bits.</summary>
    public static string ToValue(HeaderFieldModel field, string bits)
    {
        bool mustExtend = field.Bits is not null && field.Wire.IsSigned() && field.Width < 64;
        string extended = mustExtend ? Invariant($"unchecked((long)(({bits}) << {64 - field.Width}) >> {64 - field.Width})") : bits;
        return Numbers.FromBits(field.Wire, field.Type, extended);
    }

    /// <summary>Reads a field of the header or trailer that begins at <paramref name="origin"/>.</summary>
    public static string Read(HeaderFieldModel field, string origin)
        => field.Bits is { } bits
            ? Numbers.Extract(bits, field.Wire, field.Type, Numbers.ReadRun(bits, origin))
            : Numbers.Read(field.Wire, field.Type, field.IsEnum, field.IsBigEndian, origin, field.Offset);
}
