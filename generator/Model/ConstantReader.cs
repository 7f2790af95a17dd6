using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Reads [Constant], and says whether its value fits.</summary>
internal static class ConstantReader
{
    /// <summary>Reads the constant of a parameter or member; its bits beyond the width of the member are cut off.</summary>
    public static ConstantModel? Read(ISymbol member)
        => member.FindAttribute(Known.Root, Known.ConstantAttribute) is { } attribute ? Read(attribute) : null;

    public static ConstantModel Read(AttributeData attribute)
    {
        ulong value = attribute.ConstructorArguments is [{ Value: { } given }] ? Bits(given) : 0;
        return new ConstantModel(value, attribute.Named("Reply") is { } reply ? Bits(reply) : null);
    }

    /// <summary>Whether a value fits so many bits, unsigned or as a negative number of a signed type.</summary>
    public static bool Fits(ulong value, int bits, bool isSigned)
    {
        if (bits >= BitRun.MaxBits)
        {
            return true;
        }

        long signed = unchecked((long)value);
        return value < 1UL << bits || (isSigned && signed < 0 && signed >= -(1L << (bits - 1)));
    }

    private static ulong Bits(object value) => value is long signed ? unchecked((ulong)signed) : value is ulong unsigned ? unsigned : 0;
}
