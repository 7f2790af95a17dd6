using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Requests;

/// <summary>Frames and correlations that are longer than those of a <see cref="DeviceHeader"/>: <c>LL LL LL LL ID CC CC CC CC</c>.</summary>
[Header(ByteOrder.BigEndian)]
internal readonly partial record struct WideHeader([Length] int Length, [MessageId] byte Id, [Correlation] int Correlation);

[Message<WideHeader>(1, Reply = typeof(WideReply))]
internal readonly partial record struct WideAsk(int Number);

[Message<WideHeader>(2, IsReply = true)]
internal readonly ref partial struct WideReply
{
    [Tail]
    public readonly ReadOnlySpan<byte> Data;
}

[Message<WideHeader>(3)]
internal readonly partial record struct WideEvent(int Number);

[Processor<WideHeader>(Threading.Inline)]
internal sealed partial class InlineWideAsker
{
    public required Func<Peer, ValueTask> OnEvent { get; init; }

    [Handles]
    private ValueTask On(Peer peer, in WideEvent message) => OnEvent(peer);
}

[Processor<WideHeader>]
internal sealed partial class QueuedWideAsker
{
    public required Func<Peer, ValueTask> OnEvent { get; init; }

    [Handles]
    private ValueTask On(Peer peer, in WideEvent message) => OnEvent(peer);
}

/// <summary>Is asked by nobody, sends by one header, and receives by the same or by another.</summary>
/// <param name="received">The header of what it receives.</param>
/// <param name="onLook">Called whenever somebody asks for that.</param>
internal sealed class WideSender(HeaderCodec received, Action? onLook = null) : Processor
{
    protected override Threading DispatchThreading => Threading.Inline;

    protected override HeaderCodec DispatchHeader => QContinuum.Protocol.Framing.CodecOf<WideHeader>();

    protected override HeaderCodec DispatchReceivedHeader
    {
        get
        {
            onLook?.Invoke();
            return received;
        }
    }

    protected override void DispatchOpened(Peer peer)
    {
    }

    protected override int DispatchReceived(Peer peer, ReadOnlyMemory<byte> received) => received.Length;

    protected override void DispatchClosed(Peer peer, CloseReason reason)
    {
    }
}
