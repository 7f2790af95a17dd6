using QContinuum.Loops;

namespace QContinuum;

/// <summary>The settings of a server.</summary>
public sealed record PeerServerOptions
{
    private const int MostLoopsByDefault = 8;
    private const int MostLoops = 1024;
    private const long LeastMemory = 4L * 1024 * 1024;
    private const long MostMemoryByDefault = 1024L * 1024 * 1024;

    /// <summary>Event loops, each a thread: by default one a processor, 8 at most. 1 to 1024.</summary>
    public int Loops
    {
        get;
        init => field = value is >= 1 and <= MostLoops
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Loops), value, $"{nameof(Loops)} must be from 1 to {MostLoops}.");
    } = Math.Min(Environment.ProcessorCount, MostLoopsByDefault);

    /// <summary>
    /// The most peers at once, 1 at least; beyond it accepting pauses, and who connects waits in the kernel's queue. By default what the
    /// process has descriptors for when the server starts (<c>ulimit -n</c>), less 32. A process without a free descriptor cannot go on.
    /// </summary>
    public int? MaxPeers
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxPeers), value, $"{nameof(MaxPeers)} must be at least 1.");
    }

    /// <summary>
    /// The most peers of one IP address at once, 1 at least; no such bound by default, since many people may share an address. Of IPv6 the first 64 bits count, which
    /// is what one customer has. One more is reset as soon as it is accepted. Unix domain sockets and connections in memory have no address.
    /// </summary>
    public int? MaxPeersPerAddress
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxPeersPerAddress), value, $"{nameof(MaxPeersPerAddress)} must be at least 1.");
    }

    /// <summary>
    /// What all peers together may make the process hold, in bytes: what waits to be sent, and messages that are unfinished or not handled; 1 GiB by default or a quarter of the
    /// machine's memory (or its container's), whichever is less, and at least 4 MiB. As it is used up, first those who hold much are not read any more, then nobody is accepted, then
    /// who holds most is closed (<see cref="CloseReason.MemoryShort"/>). The whole process is counted, also its other servers and clients. Without such a bound it would
    /// be the most peers times <see cref="PeerOptions.SendLimit"/>, which is more than any machine has.
    /// </summary>
    public long MemoryLimit
    {
        get;
        init => field = value >= LeastMemory
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MemoryLimit), value, $"{nameof(MemoryLimit)} must be at least {LeastMemory}.");
    } = Math.Max(Math.Min(MostMemoryByDefault, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4), LeastMemory);

    /// <summary>The bounds of each peer.</summary>
    public PeerOptions Peers
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Peers));
    } = new();

    /// <summary>
    /// The clock of all deadlines of peers, of <see cref="DrainTimeout"/>, of rates, and of the pauses in which nothing is accepted; the system's by default. A test gives one that
    /// it moves: the loops wake up when its timers fire. It may begin anywhere, and where it goes back, time stands still until it is there again.
    /// Who connects with a processor of this server that is <see cref="Threading.PerLoop"/> has the same clock.
    /// </summary>
    public TimeProvider TimeProvider
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(TimeProvider));
    } = TimeProvider.System;

    /// <summary>What the loops wait with; <see cref="PollerKind.Best"/> by default. What the machine does not have is refused when the server starts.</summary>
    public PollerKind Poller
    {
        get;
        init => field = value is >= PollerKind.Best and <= PollerKind.Portable
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Poller), value, $"{nameof(Poller)} must be one of the named values of {nameof(PollerKind)}.");
    }

    /// <summary>After the peers were reset: how long their Closed handlers, and then the threads of the loops, are waited for, by the system's clock.</summary>
    internal TimeSpan ClosedPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Loops that wait with something else, for tests.</summary>
    internal Pollers? Pollers { get; init; }

    /// <summary>
    /// How long <see cref="PeerServer.StopAsync"/> lets peers finish before it resets them; 10 s by default, up to a day, or infinite: then one peer that
    /// reads as slowly as it can holds the server for ever. Who takes nothing for <see cref="PeerOptions.SendTimeout"/> is reset earlier; and once all is written, who
    /// neither ends its side nor takes more of it within 2 s is let go.
    /// </summary>
    public TimeSpan DrainTimeout
    {
        get;
        init => field = value == Timeout.InfiniteTimeSpan || (value >= TimeSpan.Zero && value <= TimeSpan.FromDays(1))
            ? value
            : throw new ArgumentOutOfRangeException(nameof(DrainTimeout), value, $"{nameof(DrainTimeout)} must be from 0 to a day, or infinite.");
    } = TimeSpan.FromSeconds(10);
}
