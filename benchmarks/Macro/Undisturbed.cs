using System.Globalization;

namespace QContinuum.Benchmarks.Macro;

/// <summary>
/// Measures while the machine is one's own. The processors of a virtual machine are lent, and now and then somebody else has them: the kernel counts that time as stolen. A figure
/// from such a moment says how busy others are.
/// </summary>
internal static class Undisturbed
{
    /// <summary>What may be stolen of the time of all cores.</summary>
    private const double MostStolen = 0.01;

    private const int Tries = 6;

    /// <summary>Measures again while too much was stolen; where that does not end, the least disturbed counts.</summary>
    public static async Task<Figures> MeasureAsync(Func<Task<Figures>> measure)
    {
        Figures? best = null;
        double least = double.MaxValue;
        for (int i = 0; i < Tries && least > MostStolen; i++)
        {
            (long stolen, long all) = Read();
            Figures figures = await measure();
            (long stolenSince, long allSince) = Read();
            double share = (stolenSince - stolen) / (double)Math.Max(allSince - all, 1);
            if (share < least)
            {
                (best, least) = (figures, share);
            }
        }

        return best!;
    }

    /// <summary>The first line of <c>/proc/stat</c>, in ticks: user, nice, system, idle, waiting, interrupts of two kinds, stolen.</summary>
    private static (long Stolen, long All) Read()
    {
        long[] ticks = [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(static one => long.Parse(one, CultureInfo.InvariantCulture))];
        return (ticks[7], ticks.Sum());
    }
}
