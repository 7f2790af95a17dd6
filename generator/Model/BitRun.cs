namespace QContinuum.Generator.Model;

/// <summary>Where some bits stand: in a number of <paramref name="Bytes"/> bytes that neighbours share.</summary>
/// <param name="Offset">Offset of the number, in bytes.</param>
/// <param name="Bytes">Bytes of the number, from 1 to 8.</param>
/// <param name="IsBigEndian">Its byte order.</param>
/// <param name="Shift">Bits of the number below these.</param>
/// <param name="Count">How many they are.</param>
internal sealed record BitsModel(int Offset, int Bytes, bool IsBigEndian, int Shift, int Count);

/// <summary>Lays out neighbours with [Bits].</summary>
internal static class BitRun
{
    public const int MaxBits = 64;

    /// <summary>A mask of the low bits.</summary>
    public static ulong Mask(int count) => count >= MaxBits ? ulong.MaxValue : (1UL << count) - 1;

    /// <summary>Lays out a run.</summary>
    /// <param name="counts">Bits of each, in order.</param>
    /// <param name="offset">Offset of the run, in bytes.</param>
    /// <param name="isBigEndian">The byte order of the number that they share.</param>
    /// <param name="isMostSignificantFirst">Where the first stands.</param>
    /// <returns>Null where they are not a whole number of bytes, from 1 to 8.</returns>
    public static BitsModel[]? Lay(IReadOnlyList<int> counts, int offset, bool isBigEndian, bool isMostSignificantFirst)
    {
        int total = counts.Sum();
        if (total is 0 or > MaxBits || total % 8 != 0)
        {
            return null;
        }

        var places = new BitsModel[counts.Count];
        int before = 0;
        for (int index = 0; index < places.Length; index++)
        {
            int shift = isMostSignificantFirst ? total - before - counts[index] : before;
            places[index] = new BitsModel(offset, total / 8, isBigEndian, shift, counts[index]);
            before += counts[index];
        }

        return places;
    }
}
