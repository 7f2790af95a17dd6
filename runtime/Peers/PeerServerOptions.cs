namespace QContinuum;

/// <summary>The settings of a server.</summary>
public sealed record PeerServerOptions
{
    private const int MostLoopsByDefault = 8;
    private const int MostLoops = 1024;

    /// <summary>Event loops, each a thread: by default one a processor, 8 at most. 1 to 1024.</summary>
    public int Loops
    {
        get;
        init => field = value is >= 1 and <= MostLoops
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Loops), value, $"{nameof(Loops)} must be from 1 to {MostLoops}.");
    } = Math.Min(Environment.ProcessorCount, MostLoopsByDefault);

    /// <summary>The bounds of each peer.</summary>
    public PeerOptions Peers
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Peers));
    } = new();

    /// <summary>
    /// How long <see cref="PeerServer.StopAsync"/> lets peers finish before it resets them; 10 s by default. Without bound, one peer that does
    /// not read would hold the server for ever.
    /// </summary>
    public TimeSpan DrainTimeout
    {
        get;
        init => field = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(DrainTimeout), value, $"{nameof(DrainTimeout)} must not be negative.");
    } = TimeSpan.FromSeconds(10);
}
