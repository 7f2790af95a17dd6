using QContinuum;
using Quickstart.Messages;

namespace Quickstart;

/// <summary>The server's side. Its handlers run on one thread, whatever the number of peers, so that its state needs no lock.</summary>
[Processor]
public sealed partial class Lobby
{
    private int _joined;

    [Opened]
    private Player Joined(Peer peer) => new($"player {++_joined}");

    [Handles]
    private void On(Peer peer, Player player, in Move move)
    {
        player.Moves++;
        Console.WriteLine($"server: {player.Name} sent {move}");
        peer.Send(move with { X = move.X + 1 });
    }

    [Handles]
    private void On(Peer peer, Player player, Blob blob)
    {
        Console.WriteLine($"server: {player.Name} sent a Blob of {blob.Data.Length} bytes, sum {(blob.Sum == Checksum.Of(blob.Data) ? "right" : "wrong")}");
        peer.Send(blob);
    }

    [Handles]
    private async ValueTask On(Peer peer, Player player, Chat chat)
    {
        Console.WriteLine($"server: {player.Name} sent a Chat: {chat.Text}");
        await peer.SendAsync(new Chat { Text = $"welcome, {player.Name}" });
    }

    [Closed]
    private void Left(Peer peer, Player player, CloseReason reason)
        => Console.WriteLine($"server: {player.Name} left after {player.Moves} move ({reason})");
}
