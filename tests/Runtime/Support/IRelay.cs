namespace QContinuum.Runtime.Tests.Support;

/// <summary>Processors that pass every frame on to one peer, and wait for room there where it is congested.</summary>
internal interface IRelay
{
    Journal<Peer> Peers { get; }

    /// <summary>Each time that it had to wait.</summary>
    Journal<Peer> Waited { get; }

    Peer? Target { get; set; }

    static IRelay Run(Threading threading) => threading == Threading.Queued ? new QueuedRelay() : new InlineRelay();

    ValueTask Pass(in MessageHeader header, ReadOnlySpan<byte> body)
    {
        Peer target = Target!;
        if (target.Forward(in header, body) != SendResult.Congested)
        {
            return default;
        }

        Waited.Add(target);
        return target.WaitForRoomAsync();
    }
}

[Processor(Threading.Queued)]
public sealed partial class QueuedRelay : IRelay
{
    public Journal<Peer> Peers { get; } = new();

    public Journal<Peer> Waited { get; } = new();

    public Peer? Target { get; set; }

    [Opened]
    private void Opened(Peer peer) => Peers.Add(peer);

    [Unhandled]
    private ValueTask Any(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body) => ((IRelay)this).Pass(in header, body);
}

[Processor(Threading.Inline)]
public sealed partial class InlineRelay : IRelay
{
    public Journal<Peer> Peers { get; } = new();

    public Journal<Peer> Waited { get; } = new();

    public Peer? Target { get; set; }

    [Opened]
    private void Opened(Peer peer) => Peers.Add(peer);

    [Unhandled]
    private ValueTask Any(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body) => ((IRelay)this).Pass(in header, body);
}
