namespace QContinuum.Simulation.Tests.Kernel;

/// <summary>How often a kernel does what it may. Drawn anew for each seed, so that some seeds have much of one fault and none of another.</summary>
internal sealed class Odds
{
    private readonly Random _random;

    internal Odds(Random random)
    {
        _random = random;
        ShortReceive = Draw();
        ShortSend = Draw();
        NotNow = Draw();
        Interruption = Draw();
        Delay = Draw();
        NoDescriptor = Draw();
        Aborted = Draw();
        Stale = Draw();
        Meanwhile = Draw();
        Room = 1 << random.Next(6, 17);
    }

    /// <summary>A receive gives less than there is.</summary>
    internal double ShortReceive { get; }

    /// <summary>A send takes less than there is room for.</summary>
    internal double ShortSend { get; }

    /// <summary>An operation on what is ready says EAGAIN all the same.</summary>
    internal double NotNow { get; }

    /// <summary>A wait ends with EINTR.</summary>
    internal double Interruption { get; }

    /// <summary>Something is ready, and a wait does not tell of it yet.</summary>
    internal double Delay { get; }

    /// <summary>An accept says EMFILE.</summary>
    internal double NoDescriptor { get; }

    /// <summary>An accept says ECONNABORTED.</summary>
    internal double Aborted { get; }

    /// <summary>A wait tells of what was closed before.</summary>
    internal double Stale { get; }

    /// <summary>Others do something between two calls of the loop.</summary>
    internal double Meanwhile { get; }

    /// <summary>Bytes that are kept between the two sides of a connection, in each direction.</summary>
    internal int Room { get; }

    internal bool Happens(double odds) => odds > 0 && _random.NextDouble() < odds;

    private double Draw() => _random.Next(3) == 0 ? 0 : Math.Pow(_random.NextDouble(), 2) * 0.8;
}
