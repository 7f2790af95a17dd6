namespace QContinuum.Runtime.Tests.Support;

/// <summary>What a test wants its side of a <see cref="CallHeader"/> connection to do, as <see cref="Script"/> is for the default header.</summary>
public sealed class CallScript
{
    /// <summary>Every peer that opened.</summary>
    public Journal<Peer> Peers { get; } = new();

    /// <summary>Every peer that closed, and why.</summary>
    public Journal<CloseReason> Closings { get; } = new();

    /// <summary>What was handled, one line a message.</summary>
    public Journal<string> Handled { get; } = new();

    /// <summary>What becomes of a message that no handler takes.</summary>
    public Action<string>? OnOther { get; init; }

    public Func<Peer, Errand, ValueTask> OnErrand { get; init; } = static (_, _) => default;

    public Processor Run(Threading threading) => threading == Threading.Queued ? new QueuedCalls(this) : new InlineCalls(this);

    internal void Other(CallHeader header)
    {
        string line = $"kind {header.Kind}, call {header.Call}";
        if (OnOther is { } onOther)
        {
            onOther(line);
        }
        else
        {
            Handled.Add(line);
        }
    }
}

[Processor<CallHeader>(Threading.Queued)]
public sealed partial class QueuedCalls(CallScript script)
{
    [Opened]
    private void Opened(Peer peer) => script.Peers.Add(peer);

    [Handles]
    private void On(Peer peer, in Note note) => script.Handled.Add($"note {note.Number}");

    [Handles]
    private ValueTask On(Peer peer, Errand errand) => script.OnErrand(peer, errand);

    [Unhandled]
    private void Other(Peer peer, in CallHeader header, ReadOnlySpan<byte> body) => script.Other(header);

    [Closed]
    private void Closed(Peer peer, CloseReason reason) => script.Closings.Add(reason);
}

[Processor<CallHeader>(Threading.Inline)]
public sealed partial class InlineCalls(CallScript script)
{
    [Opened]
    private void Opened(Peer peer) => script.Peers.Add(peer);

    [Handles]
    private void On(Peer peer, in Note note) => script.Handled.Add($"note {note.Number}");

    [Handles]
    private ValueTask On(Peer peer, Errand errand) => script.OnErrand(peer, errand);

    [Unhandled]
    private void Other(Peer peer, in CallHeader header, ReadOnlySpan<byte> body) => script.Other(header);

    [Closed]
    private void Closed(Peer peer, CloseReason reason) => script.Closings.Add(reason);
}
