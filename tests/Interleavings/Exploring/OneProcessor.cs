using System.Runtime.InteropServices;

namespace QContinuum.Interleavings.Tests.Exploring;

/// <summary>
/// Keeps the threads of runs on one processor: one of them goes on at a time, and to wake the next one on another processor takes longer than what it does there. Where the system
/// does not do that they go where they like.
/// </summary>
internal static class OneProcessor
{
    private const int BitsOfWord = 64;

    /// <summary>Words of a set of processors: as many as the C library has in one, 1024 bits.</summary>
    private const int Words = 1024 / BitsOfWord;

    private static readonly int Number = OperatingSystem.IsLinux() ? Current() : 0;

    /// <summary>The calling thread, and those that it begins, stay there from now on.</summary>
    internal static void Keep()
    {
        if (OperatingSystem.IsLinux() && (uint)Number < Words * BitsOfWord)
        {
            ulong[] processors = new ulong[Words];
            processors[Number / BitsOfWord] = 1UL << (Number % BitsOfWord);
            _ = Allow(0, Words * sizeof(ulong), processors);
        }
    }

    [DllImport("libc", EntryPoint = "sched_getcpu")]
    private static extern int Current();

    [DllImport("libc", EntryPoint = "sched_setaffinity")]
    private static extern int Allow(int thread, nint bytes, ulong[] processors);
}
