using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>The arithmetic of [Length].</summary>
internal static class LengthReader
{
    /// <summary>Beyond it two lengths could overflow 64 bits; no protocol counts in larger units.</summary>
    public const int MaxScale = 65536;

    /// <summary>Reads the [Length] of a field.</summary>
    public static LengthModel? Read(IParameterSymbol parameter, int size, int bodyOffset, int trailerSize)
    {
        if (parameter.FindAttribute(Known.Root, Known.LengthAttribute) is not { } attribute)
        {
            return null;
        }

        long from = attribute.Named("CountsFrom") is int countsFrom ? countsFrom : bodyOffset;
        long adjust = attribute.Named("Adjust") is int adjusted ? adjusted : 0;
        long trailer = attribute.Named("CountsTrailer") is true ? trailerSize : 0;
        return new LengthModel(attribute.Named("Scale") is int scale ? scale : 1, from + adjust - size - trailer);
    }

    /// <summary>The longest body that the fields can state and the protocol allows, in bytes.</summary>
    public static int MaxBody(HeaderFieldModel[] fields, int size, int trailerSize, int maxFrame, bool hasFramer)
    {
        long limit = (maxFrame > 0 ? maxFrame : int.MaxValue) - size - trailerSize;
        HeaderFieldModel[] lengths = [.. fields.Where(static field => field.Length is not null)];
        if (lengths.Length == 0)
        {
            return hasFramer ? (int)Math.Max(0, limit) : 0;
        }

        return (int)Math.Max(0, Math.Min(MostStated(fields), limit));
    }

    /// <summary>The longest body, in bytes, that the lengths of a header can state together; negative where they cannot state even an empty one.</summary>
    public static double MostStated(HeaderFieldModel[] fields)
    {
        HeaderFieldModel[] lengths = [.. fields.Where(static field => field.Length is not null)];
        return lengths[0].Length!.Offset + lengths.Sum(static field => (double)MaxValue(field) * field.Length!.Scale);
    }

    /// <summary>The length of a header that has one.</summary>
    public static LengthModel? OnlyLength(HeaderFieldModel[] fields)
        => fields.Where(static field => field.Length is not null).ToArray() is [{ Length: var length }] ? length : null;

    /// <summary>The greatest value that a length field can hold.</summary>
    public static ulong MaxValue(HeaderFieldModel field)
    {
        int bits = Math.Min(field.Width, BitRun.MaxBits) - (field.Wire.IsSigned() ? 1 : 0);
        return bits >= BitRun.MaxBits ? ulong.MaxValue : (1UL << bits) - 1;
    }
}
