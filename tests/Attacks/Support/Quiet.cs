namespace QContinuum.Attacks.Tests.Support;

/// <summary>
/// Tells a process that waits from one that spins, by the processor's time alone: while this process takes some, one that spins takes as much,
/// whatever the speed of the machine.
/// </summary>
internal static class Quiet
{
    /// <summary>The stretch: 200 ms of this process's own time.</summary>
    private const int OwnTicks = 20;

    /// <summary>Timers, and a tick that had begun before; one spinning thread takes 20, or 10 where it has to share its processor.</summary>
    private const int MostTicks = 2;

    /// <summary>What was begun before, as a compilation or a collection, has its end.</summary>
    private const int Attempts = 20;

    public static void Expect(Vitals vitals)
    {
        Vitals own = new(Environment.ProcessId);
        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && least > MostTicks; attempt++)
        {
            long before = vitals.CpuTicks;
            for (long end = own.CpuTicks + OwnTicks; own.CpuTicks < end;)
            {
            }

            least = Math.Min(least, vitals.CpuTicks - before);
        }

        Assert.InRange(least, 0, MostTicks);
    }
}
