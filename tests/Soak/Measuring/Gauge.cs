using System.Diagnostics;
using System.Globalization;
using QContinuum.Attacks.Tests.Support;
using QContinuum.Soak.Tests.Load;

namespace QContinuum.Soak.Tests.Measuring;

/// <summary>Makes figures of what the kernel, the load and the good peers have counted since it was last read.</summary>
/// <param name="server">The server under load.</param>
/// <param name="probe">Good peers of it.</param>
/// <param name="reference">Good peers of another that idles.</param>
internal sealed class Gauge(Vitals server, Probe probe, Probe reference)
{
    private const double TicksPerSecond = 100;

    /// <summary>To count thousands of descriptors takes the kernel a while.</summary>
    private static readonly TimeSpan DescriptorsEvery = TimeSpan.FromSeconds(5);

    private LoadRun? _load;
    private long _began;
    private Counted _last;
    private int _descriptors;
    private TimeSpan _descriptorsDue;

    public void Begin(LoadRun load)
    {
        _load = load;
        _last = Count();
        _began = _last.Time;
        probe.Take();
        reference.Take();
    }

    public Figures Read()
    {
        Counted now = Count();
        double seconds = Stopwatch.GetElapsedTime(_last.Time, now.Time).TotalSeconds;
        TimeSpan time = Stopwatch.GetElapsedTime(_began, now.Time);
        if (time >= _descriptorsDue)
        {
            _descriptors = server.Descriptors;
            _descriptorsDue = time + DescriptorsEvery;
        }

        Figures figures = new()
        {
            Time = time,
            Peers = now.Tally.Peers,
            Connects = (now.Tally.Connects - _last.Tally.Connects) / seconds,
            Messages = (now.Tally.Messages - _last.Tally.Messages) / seconds,
            Attacks = (now.Tally.Attacks - _last.Tally.Attacks) / seconds,
            ResidentBytes = server.ResidentBytes,
            CommittedBytes = server.CommittedBytes,
            Descriptors = _descriptors,
            Threads = server.Threads,
            ServerProcessor = (now.ServerTicks - _last.ServerTicks) / TicksPerSecond / seconds,
            LoadProcessor = (now.LoadTicks - _last.LoadTicks) / TicksPerSecond / seconds,
            OtherProcessor = Math.Max(0, (now.OtherTicks - _last.OtherTicks) / TicksPerSecond / seconds),
            GoodPeers = probe.Take(),
            Reference = reference.Take(),
        };

        _last = now;
        return figures;
    }

    private Counted Count()
    {
        long serverTicks = server.CpuTicks;
        long loadTicks = new Vitals(_load!.Id).CpuTicks;
        return new Counted(Stopwatch.GetTimestamp(), _load.Latest, serverTicks, loadTicks, MachineTicks() - serverTicks - loadTicks);
    }

    /// <summary>What all processors have been busy with since the machine was started.</summary>
    private static long MachineTicks()
    {
        // "cpu user nice system idle iowait irq softirq …"
        long[] ticks = [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(static number => long.Parse(number, CultureInfo.InvariantCulture))];
        return ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6];
    }

    private readonly record struct Counted(long Time, Tally Tally, long ServerTicks, long LoadTicks, long OtherTicks);
}
