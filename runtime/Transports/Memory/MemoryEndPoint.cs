using System.Net;

namespace QContinuum.Transports.Memory;

/// <summary>Where a connection in memory leads: a listener of this process.</summary>
internal sealed class MemoryEndPoint : EndPoint
{
    private static long s_last;

    private readonly long _number = Interlocked.Increment(ref s_last);

    public override string ToString() => $"memory:{_number}";
}
