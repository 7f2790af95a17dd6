namespace QContinuum;

/// <summary>
/// The settings of a client that connects again. The functions among them are called by the client, one at a time, on no thread in particular; what
/// <see cref="Jitter"/> or <see cref="ReconnectWhen"/> throws stops it.
/// </summary>
public sealed record PeerClientOptions
{
    /// <summary>
    /// The most that the first delay may be; 100 ms by default, from 1 ms to a day. It doubles with each attempt in a row that comes to nothing, up
    /// to <see cref="LongestDelay"/>.
    /// </summary>
    public TimeSpan FirstDelay
    {
        get;
        init => field = Checked(value, nameof(FirstDelay));
    } = TimeSpan.FromMilliseconds(100);

    /// <summary>The most that any delay may be; 30 s by default, from <see cref="FirstDelay"/> to a day.</summary>
    public TimeSpan LongestDelay
    {
        get;
        init => field = Checked(value, nameof(LongestDelay));
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Makes a delay of the most that it may be; by default evenly at random from nothing to that, so that the clients of a server that comes back do
    /// not all come in the same moment. What it returns is held between zero and what it was given.
    /// </summary>
    public Func<TimeSpan, TimeSpan> Jitter
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Jitter));
    } = static longest => longest * Random.Shared.NextDouble();

    /// <summary>
    /// How long a connection must have lived to have proved itself; 5 s by default, from zero to a day. Only then does the delay go back to the first
    /// one. A connection lost earlier is an attempt that came to nothing: a server that accepts only to close is not besieged, though it may say why.
    /// </summary>
    public TimeSpan ProvedAfter
    {
        get;
        init => field = value >= TimeSpan.Zero && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ProvedAfter), value, $"{nameof(ProvedAfter)} must be from zero to a day.");
    } = TimeSpan.FromSeconds(5);

    /// <summary>How many attempts in a row may come to nothing before the client gives up, at least 1; null, the default, is without end.</summary>
    public int? MaxAttempts
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxAttempts), value, $"{nameof(MaxAttempts)} must be at least 1.");
    }

    /// <summary>
    /// How long one attempt may take, from looking up the name to the end of the Opened handler; 10 s by default, from 1 ms to a day, or infinite.
    /// After it the attempt has failed with a <see cref="TimeoutException"/>: at once, unless an asynchronous Opened handler runs that does not heed
    /// <see cref="Peer.Aborted"/>. That one is waited for, half a minute at most, so that it does not meet the next attempt.
    /// </summary>
    public TimeSpan ConnectTimeout
    {
        get;
        init => field = value == Timeout.InfiniteTimeSpan ? value : Checked(value, nameof(ConnectTimeout));
    } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether to connect again after a connection ended for this reason. By default after each but <see cref="CloseReason.Stopped"/>: also after
    /// <see cref="Peer.Close"/>, which ends a connection; what ends the client is <see cref="PeerClient.StopAsync"/>. Where it says no, the client
    /// stops.
    /// </summary>
    public Func<CloseReason, bool> ReconnectWhen
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(ReconnectWhen));
    } = static reason => reason != CloseReason.Stopped;

    /// <summary>Told of each change, in order; the client goes on when it returns. What it throws goes to the log of <see cref="Peers"/>.</summary>
    public Action<PeerClientChange>? Changed { get; init; }

    /// <summary>The clock of delays and time-outs of the client; the system's by default.</summary>
    public TimeProvider TimeProvider
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(TimeProvider));
    } = TimeProvider.System;

    /// <summary>The bounds of each peer. Its log has a line for each attempt that failed.</summary>
    public PeerOptions Peers
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Peers));
    } = new();

    internal void Validate()
    {
        Peers.Validate();
        if (FirstDelay > LongestDelay)
        {
            throw new ArgumentException($"{nameof(FirstDelay)} ({FirstDelay}) ≤ {nameof(LongestDelay)} ({LongestDelay}) must hold.");
        }
    }

    private static TimeSpan Checked(TimeSpan value, string name)
        => value >= TimeSpan.FromMilliseconds(1) && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from 1 ms to a day.");
}
