using QContinuum;
using Quickstart.Messages;

namespace Quickstart;

/// <summary>The client's side: a processor as well, since both sides of a connection are peers.</summary>
[Processor]
public sealed partial class Bot
{
    private readonly TaskCompletionSource _welcomed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the server's last answer; fails when the connection ends before it.</summary>
    public Task Welcomed => _welcomed.Task;

    [Handles]
    private void On(Peer peer, in Move move) => Console.WriteLine($"client: the server answered {move}");

    [Handles]
    private void On(Peer peer, Blob blob) => Console.WriteLine($"client: the Blob of {blob.Data.Length} bytes came back");

    [Handles]
    private void On(Peer peer, Chat chat)
    {
        Console.WriteLine($"client: the server answered with a Chat: {chat.Text}");
        _welcomed.TrySetResult();
    }

    [Closed]
    private void Left(Peer peer, CloseReason reason)
        => _welcomed.TrySetException(new IOException($"The connection ended before the last answer: {reason}."));
}
