namespace QContinuum.Loops;

/// <summary>Where lines go by default: standard error, a bounded number a second, so that whoever misbehaves cannot fill a disk.</summary>
internal static class StandardErrorLog
{
    private const int LinesASecond = 20;

    private static readonly Lock Gate = new();
    private static long s_second;
    private static int s_lines;
    private static int s_dropped;

    /// <summary>Opens standard error now: when the first line is due, there may be no descriptor left to do it with.</summary>
    internal static void Prepare() => _ = Console.Error;

    internal static void Write(string line)
    {
        lock (Gate)
        {
            long second = Environment.TickCount64 / 1000;
            if (second != s_second)
            {
                s_second = second;
                s_lines = 0;
            }

            if (s_lines++ >= LinesASecond)
            {
                s_dropped++;
                return;
            }

            string dropped = s_dropped == 0 ? "" : $" ({s_dropped} lines before this one were dropped)";
            s_dropped = 0;
            Console.Error.WriteLine($"qcontinuum: {line}{dropped}");
        }
    }
}
