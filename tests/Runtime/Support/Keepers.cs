namespace QContinuum.Runtime.Tests.Support;

/// <summary>Has asynchronous handlers keep what they take, until the test says so or their peer closes.</summary>
public sealed class Keeper
{
    public Journal<Peer> Kept { get; } = new();

    public TaskCompletionSource Enough { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Processor Run(Threading threading) => threading == Threading.Queued ? new QueuedKeeper(this) : new InlineKeeper(this);

    /// <summary>It keeps what it has although the peer closes.</summary>
    public bool IsStubborn { get; init; }

    internal async ValueTask KeepAsync(Peer peer, Owned<Blob> blob)
    {
        using (blob)
        {
            Kept.Add(peer);
            await (IsStubborn ? Enough.Task : Enough.Task.WaitAsync(peer.Aborted));
        }

        peer.Send(new Move(1, 0, 0));
    }
}

[Processor(Threading.Queued)]
public sealed partial class QueuedKeeper(Keeper keeper)
{
    [Handles]
    private ValueTask On(Peer peer, Owned<Blob> blob) => keeper.KeepAsync(peer, blob);

    [Handles]
    private void On(Peer peer, Raw raw) => peer.Send(raw);
}

[Processor(Threading.Inline)]
public sealed partial class InlineKeeper(Keeper keeper)
{
    [Handles]
    private ValueTask On(Peer peer, Owned<Blob> blob) => keeper.KeepAsync(peer, blob);

    [Handles]
    private void On(Peer peer, Raw raw) => peer.Send(raw);
}
