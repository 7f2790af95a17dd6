namespace QContinuum.Runtime.Tests.Support;

/// <summary>
/// What a test wants its processor to do; without a wish it answers each message with the same message. One script runs as a
/// <see cref="QueuedScript"/> or as an <see cref="InlineScript"/>, since threading is part of a processor's declaration.
/// </summary>
public sealed class Script
{
    public delegate void BlobHandler(Peer peer, Blob blob);

    public delegate void RawHandler(Peer peer, Raw raw);

    /// <summary>Every peer that opened.</summary>
    public Journal<Peer> Peers { get; } = new();

    /// <summary>Every peer that closed, and why.</summary>
    public Journal<(Peer Peer, CloseReason Reason)> Closings { get; } = new();

    public Func<Peer, object> OnOpened { get; init; } = static peer => peer;

    public Action<Peer, Move> OnMove { get; init; } = static (peer, move) => peer.Send(move);

    public BlobHandler OnBlob { get; init; } = static (peer, blob) => peer.Send(blob);

    public Action<Peer, Chat> OnChat { get; init; } = static (peer, chat) => peer.Send(chat);

    public Func<Peer, Ask, ValueTask> OnAsk { get; init; } = static async (peer, ask) => await peer.SendAsync(ask);

    public RawHandler OnRaw { get; init; } = static (peer, raw) => peer.Send(raw);

    public Action<Peer, CloseReason> OnClosed { get; init; } = static (_, _) => { };

    public Processor Run(Threading threading) => threading == Threading.Queued ? new QueuedScript(this) : new InlineScript(this);

    internal object Opened(Peer peer)
    {
        Peers.Add(peer);
        return OnOpened(peer);
    }

    internal void Closed(Peer peer, CloseReason reason)
    {
        Closings.Add((peer, reason));
        OnClosed(peer, reason);
    }
}

[Processor(Threading.Queued)]
public sealed partial class QueuedScript(Script script)
{
    [Opened]
    private object Opened(Peer peer) => script.Opened(peer);

    [Handles]
    private void On(Peer peer, in Move move) => script.OnMove(peer, move);

    [Handles]
    private void On(Peer peer, Blob blob) => script.OnBlob(peer, blob);

    [Handles]
    private void On(Peer peer, Chat chat) => script.OnChat(peer, chat);

    [Handles]
    private ValueTask On(Peer peer, Ask ask) => script.OnAsk(peer, ask);

    [Handles]
    private void On(Peer peer, Raw raw) => script.OnRaw(peer, raw);

    [Closed]
    private void Closed(Peer peer, CloseReason reason) => script.Closed(peer, reason);
}

[Processor(Threading.Inline)]
public sealed partial class InlineScript(Script script)
{
    [Opened]
    private object Opened(Peer peer) => script.Opened(peer);

    [Handles]
    private void On(Peer peer, in Move move) => script.OnMove(peer, move);

    [Handles]
    private void On(Peer peer, Blob blob) => script.OnBlob(peer, blob);

    [Handles]
    private void On(Peer peer, Chat chat) => script.OnChat(peer, chat);

    [Handles]
    private ValueTask On(Peer peer, Ask ask) => script.OnAsk(peer, ask);

    [Handles]
    private void On(Peer peer, Raw raw) => script.OnRaw(peer, raw);

    [Closed]
    private void Closed(Peer peer, CloseReason reason) => script.Closed(peer, reason);
}
