using System.Globalization;
using QContinuum.Loops;

namespace QContinuum;

/// <summary>
/// What a server may make the process hold at most, in bytes, besides what the .NET runtime itself and the application take. A thread of the application that sends
/// may keep 8 MiB more.
/// </summary>
/// <param name="Limit">Queues and unfinished messages of all peers together: <see cref="PeerServerOptions.MemoryLimit"/>.</param>
/// <param name="Lanes">Threads of the server, loops and pumps, each of which keeps free memory for the next burst.</param>
/// <param name="Peers">The most peers.</param>
public readonly record struct MemoryBudget(long Limit, int Lanes, int Peers)
{
    /// <summary>What a peer takes that holds nothing: its objects, as measured.</summary>
    private const long PeerBytes = 1024;

    /// <summary>Free memory that the threads of the server keep.</summary>
    public long Reserve => (long)Lanes * Lane.KeepBytes;

    /// <summary>The objects of all peers.</summary>
    public long Objects => Peers * PeerBytes;

    /// <summary>All of it.</summary>
    public long Total => Limit > long.MaxValue - Reserve - Objects ? long.MaxValue : Limit + Reserve + Objects;

    /// <summary>One line: <c>memory budget: 1130 MiB (1024 for queues and unfinished messages, 96 kept free by 3 threads, 10 for 10000 peers)</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"memory budget: {InMebibytes(Total)} MiB ({InMebibytes(Limit)} for queues and unfinished messages, {InMebibytes(Reserve)} kept free by {Lanes} threads, {InMebibytes(Objects)} for {Peers} peers)");

    private static long InMebibytes(long bytes) => (bytes >> 20) + ((bytes & 0xF_FFFF) == 0 ? 0 : 1);
}
