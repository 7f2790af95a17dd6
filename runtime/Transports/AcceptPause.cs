using System.Net;

namespace QContinuum.Transports;

/// <summary>How long an acceptor pauses that cannot accept: longer each time, and its log says so once a minute.</summary>
internal struct AcceptPause
{
    internal const string NoRoom = "the most peers are connected that the server may have (MaxPeers, or what ulimit -n leaves)";
    internal const string NoDescriptor = "no descriptor is free: raise the limit (ulimit -n) or lower MaxPeers";
    internal const string NoMemory = "memory is short (MemoryLimit)";

    private const int FirstMilliseconds = 100;
    private const int LongestMilliseconds = 1_000;
    private const int SilenceMilliseconds = 60_000;

    private int _milliseconds;
    private long _silentUntil;

    /// <summary>Whether nothing could be accepted since the last pause.</summary>
    internal readonly bool IsRepeated => _milliseconds > 0;

    /// <summary>A connection was accepted: the next pause is short again.</summary>
    internal void End() => _milliseconds = 0;

    /// <summary>Begins a pause.</summary>
    /// <returns>When it ends, in milliseconds of the loop's clock.</returns>
    internal long Begin(long now, EndPoint endpoint, string why, IAcceptedHandler accepted)
    {
        accepted.OnPaused();
        if (now >= _silentUntil)
        {
            _silentUntil = now + SilenceMilliseconds;
            accepted.Options.WriteLog($"Accepting on {endpoint} pauses: {why}.");
        }

        _milliseconds = Math.Clamp(_milliseconds * 2, FirstMilliseconds, LongestMilliseconds);
        return now + _milliseconds;
    }
}
