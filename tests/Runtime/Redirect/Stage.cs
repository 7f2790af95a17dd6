using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Redirect;

/// <summary>A processor that writes down what it sees, and where a test may step in.</summary>
public sealed class Stage(string name, Journal<string> seen)
{
    public Action<Peer, Move> OnMove { get; set; } = static (_, _) => { };

    public Func<Peer, Ask, ValueTask> OnAsk { get; set; } = static (_, _) => default;

    public Func<Peer, ValueTask> OnClosing { get; set; } = static _ => default;

    public Processor Run(Threading threading) => threading == Threading.Queued ? new QueuedStage(this) : new InlineStage(this);

    internal void Opened() => seen.Add($"{name} opened");

    internal void Moved(Peer peer, Move move)
    {
        seen.Add($"{name} {move.Entity}");
        OnMove(peer, move);
    }

    internal async ValueTask Asked(Peer peer, Ask ask)
    {
        seen.Add($"{name} asked {ask.Number}");
        await OnAsk(peer, ask);
        seen.Add($"{name} answered {ask.Number}");
    }

    internal async ValueTask Closed(Peer peer, CloseReason reason)
    {
        await OnClosing(peer);
        seen.Add($"{name} closed {reason}");
    }
}

[Processor(Threading.Queued)]
public sealed partial class QueuedStage(Stage stage)
{
    [Opened]
    private void Opened(Peer peer) => stage.Opened();

    [Handles]
    private void On(Peer peer, in Move move) => stage.Moved(peer, move);

    [Handles]
    private ValueTask On(Peer peer, Ask ask) => stage.Asked(peer, ask);

    [Closed]
    private ValueTask Closed(Peer peer, CloseReason reason) => stage.Closed(peer, reason);
}

[Processor(Threading.Inline)]
public sealed partial class InlineStage(Stage stage)
{
    [Opened]
    private void Opened(Peer peer) => stage.Opened();

    [Handles]
    private void On(Peer peer, in Move move) => stage.Moved(peer, move);

    [Handles]
    private ValueTask On(Peer peer, Ask ask) => stage.Asked(peer, ask);

    [Closed]
    private ValueTask Closed(Peer peer, CloseReason reason) => stage.Closed(peer, reason);
}
