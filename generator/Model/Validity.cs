using System.Globalization;
using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>What a validated enum may be: its declared values, or, with [Flags], their bits.</summary>
internal static class Validity
{
    /// <summary>Reads an enum; null for every other type.</summary>
    public static ValidModel? Of(ITypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Enum)
        {
            return null;
        }

        decimal[] values = [.. type.GetMembers()
            .OfType<IFieldSymbol>()
            .Where(static field => field.HasConstantValue)
            .Select(static field => Convert.ToDecimal(field.ConstantValue, CultureInfo.InvariantCulture))
            .Distinct()
            .OrderBy(static value => value)];
        if (type.FindAttribute("System", "FlagsAttribute") is not null)
        {
            return new ValidModel("", values.Aggregate(0UL, static (bits, value) => bits | Bits(value)));
        }

        // A pattern that no value matches, or every one, would not compile: zero alone, then, or all bits.
        int width = WireTypes.Of(type).Size() * 8;
        bool isEvery = width < BitRun.MaxBits && values.Length == 1L << width;
        return values.Length == 0 || isEvery ? new ValidModel("", isEvery ? ulong.MaxValue : 0) : new ValidModel(string.Join(" or ", Ranges(values)), 0);
    }

    // Neighbours are one range: the pattern stays short, and so does its code.
    private static IEnumerable<string> Ranges(decimal[] values)
    {
        for (int first = 0; first < values.Length;)
        {
            int last = first;
            while (last + 1 < values.Length && values[last + 1] == values[last] + 1)
            {
                last++;
            }

            string from = values[first].ToString(CultureInfo.InvariantCulture);
            string to = values[last].ToString(CultureInfo.InvariantCulture);
            yield return last == first ? from : $"(>= {from} and <= {to})";
            first = last + 1;
        }
    }

    private static ulong Bits(decimal value) => value < 0 ? unchecked((ulong)(long)value) : (ulong)value;
}
