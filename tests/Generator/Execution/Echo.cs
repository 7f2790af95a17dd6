namespace QContinuum.Generator.Tests.Execution;

/// <summary>A processor with a handler of each shape. What it sends says which handler ran, and what it was given.</summary>
[Processor(Threading.Inline)]
public sealed partial class Echo
{
    public TaskCompletionSource<(object? State, CloseReason Reason)> Closing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Opened]
    private string Joined(Peer peer) => "state of a peer";

    [Handles]
    private void On(Peer peer, in Move move) => peer.Send(move with { X = -move.X });

    [Handles]
    private void On(Peer peer, string state, Blob blob) => peer.Send(new Blob(blob.Crc + (uint)state.Length, blob.Data[1..]));

    [Handles]
    private async ValueTask On(Peer peer, Chat chat)
    {
        await Task.Yield();
        await peer.SendAsync(new Chat { Text = chat.Text + "!" });
    }

    [Handles]
    private void On(Peer peer, in MessageHeader header, Corner.Reader corner) => peer.Send(new Corner { Left = corner.Bottom, Bottom = header.Id });

    [Handles]
    private static Task On(Peer peer, Score score)
    {
        peer.Send(new Score { Points = score.Points + 1 });
        return Task.CompletedTask;
    }

    [Handles]
    private void On(Peer peer, Ping ping) => throw new InvalidOperationException("a handler that throws");

    [Unhandled]
    private void Other(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body)
    {
        Span<byte> reversed = stackalloc byte[body.Length];
        body.CopyTo(reversed);
        reversed.Reverse();
        peer.Forward(header, reversed);
    }

    [Closed]
    private void Left(Peer peer, string state, CloseReason reason) => Closing.TrySetResult((state, reason));
}

/// <summary>A processor that takes nothing.</summary>
[Processor(Threading.Inline)]
public sealed partial class Deaf
{
    public TaskCompletionSource<CloseReason> Closing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Closed]
    private ValueTask Left(Peer peer, CloseReason reason)
    {
        Closing.TrySetResult(reason);
        return ValueTask.CompletedTask;
    }
}
