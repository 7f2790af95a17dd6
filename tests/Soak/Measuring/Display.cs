using System.Globalization;

namespace QContinuum.Soak.Tests.Measuring;

/// <summary>Shows figures: on a terminal one line that lives, elsewhere a line from time to time.</summary>
internal sealed class Display
{
    private const int SecondsBetweenLines = 10;

    private const string Head =
        """
                                                         MiB                          % of a processor      good peers ms    idle server's
            time   peers connect/s msg/s attack/s    RSS commit     fd threads    server   load others      p50     p99      p50     p99
        """;

    private TimeSpan _next;

    public void Begin() => Console.WriteLine(Head);

    public void Show(Figures figures)
    {
        if (!Console.IsOutputRedirected)
        {
            string line = Line(figures);
            Console.Write($"\r{line[..Math.Min(line.Length, Math.Max(0, Console.WindowWidth - 1))]}");
        }
        else if (figures.Time >= _next)
        {
            Console.WriteLine(Line(figures));
            _next = figures.Time + TimeSpan.FromSeconds(SecondsBetweenLines);
        }
    }

    public void End()
    {
        if (!Console.IsOutputRedirected)
        {
            Console.WriteLine();
        }
    }

    private static string Line(Figures now) => string.Create(
        CultureInfo.InvariantCulture,
        $@"{now.Time:hh\:mm\:ss}{now.Peers,8}{now.Connects,8:F0}{now.Messages,8:F0}{now.Attacks,9:F0}"
        + $"{MiB(now.ResidentBytes),7:F0}{MiB(now.CommittedBytes),7:F0}"
        + $"{now.Descriptors,7}{now.Threads,8}{100 * now.ServerProcessor,10:F0}{100 * now.LoadProcessor,7:F0}{100 * now.OtherProcessor,7:F0}"
        + $"{Milliseconds(now.GoodPeers, 0.5),9:F2}{Milliseconds(now.GoodPeers, 0.99),8:F2}"
        + $"{Milliseconds(now.Reference, 0.5),9:F2}{Milliseconds(now.Reference, 0.99),8:F2}");

    private static double MiB(long bytes) => bytes / 1024.0 / 1024.0;

    private static double Milliseconds(Latencies latencies, double share) => latencies.Percentile(share).TotalMilliseconds;
}
