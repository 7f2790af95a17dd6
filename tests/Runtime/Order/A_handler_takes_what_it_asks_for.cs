using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Order;

public sealed class A_handler_takes_what_it_asks_for
{
    [Theory, EachLine]
    public async Task Header_state_and_reader(Transport transport, Threading threading)
    {
        var seen = new Journal<string>();
        await using TestServer server = await TestServer.StartAsync(transport, threading == Threading.Queued ? new QueuedDesk(seen) : new InlineDesk(seen));
        RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Frames.Move(7, 1, 2), Frames.Blob(5, 1, 2, 3), Frames.Chat("hi"), Frames.Ask(9), Frames.Of(-77, 4, 5)));
        Assert.Equal(
            ["guest 1 opened", "guest 1 moved 7", "guest 1 sent 7 bytes of 2, sum 5", "guest 1 said hi in 4 bytes", "guest 1 asked 9", "unhandled -77 of 2: 0405"],
            await seen.NextAsync(6));

        client.Dispose();
        Assert.Equal("guest 1 left: Remote", await seen.NextAsync());
    }

    /// <summary>The peer that connecting returns has been opened, and has its state.</summary>
    [Theory, EachLine]
    public async Task What_Opened_returned_is_the_state(Transport transport, Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new Script().Run(threading));
        object state = new();
        var script = new Script { OnOpened = _ => state };
        await using Peer peer = await server.ConnectPeerAsync(script.Run(threading)).Guarded();

        Assert.Same(state, peer.State);
        Assert.Equal([peer], script.Peers.All);

        peer.State = null;
        Assert.Null(peer.State);
    }
}

public sealed class Guest(string name)
{
    public string Name { get; } = name;
}

[Processor(Threading.Queued)]
public sealed partial class QueuedDesk(Journal<string> seen)
{
    private int _guests;

    [Opened]
    private Guest Joined(Peer peer)
    {
        var guest = new Guest($"guest {++_guests}");
        seen.Add($"{guest.Name} opened");
        return guest;
    }

    [Handles]
    private void On(Peer peer, Guest guest, Move.Reader move) => seen.Add($"{guest.Name} moved {move.Entity}");

    [Handles]
    private void On(Peer peer, Guest guest, in MessageHeader header, Blob blob)
        => seen.Add($"{guest.Name} sent {header.Length} bytes of {header.Id}, sum {blob.Crc}");

    [Handles]
    private void On(Peer peer, Guest guest, in MessageHeader header, Chat chat) => seen.Add($"{guest.Name} said {chat.Text} in {header.Length} bytes");

    [Handles]
    private async ValueTask On(Peer peer, Guest guest, Ask ask)
    {
        await Task.Yield();
        seen.Add($"{guest.Name} asked {ask.Number}");
    }

    [Unhandled]
    private void Other(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body)
        => seen.Add($"unhandled {header.Id} of {header.Length}: {Convert.ToHexString(body)}");

    [Closed]
    private void Left(Peer peer, Guest guest, CloseReason reason) => seen.Add($"{guest.Name} left: {reason}");
}

[Processor(Threading.Inline)]
public sealed partial class InlineDesk(Journal<string> seen)
{
    private int _guests;

    [Opened]
    private Guest Joined(Peer peer)
    {
        var guest = new Guest($"guest {Interlocked.Increment(ref _guests)}");
        seen.Add($"{guest.Name} opened");
        return guest;
    }

    [Handles]
    private void On(Peer peer, Guest guest, Move.Reader move) => seen.Add($"{guest.Name} moved {move.Entity}");

    [Handles]
    private void On(Peer peer, Guest guest, in MessageHeader header, Blob blob)
        => seen.Add($"{guest.Name} sent {header.Length} bytes of {header.Id}, sum {blob.Crc}");

    [Handles]
    private void On(Peer peer, Guest guest, in MessageHeader header, Chat chat) => seen.Add($"{guest.Name} said {chat.Text} in {header.Length} bytes");

    [Handles]
    private async ValueTask On(Peer peer, Guest guest, Ask ask)
    {
        await Task.Yield();
        seen.Add($"{guest.Name} asked {ask.Number}");
    }

    [Unhandled]
    private void Other(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body)
        => seen.Add($"unhandled {header.Id} of {header.Length}: {Convert.ToHexString(body)}");

    [Closed]
    private void Left(Peer peer, Guest guest, CloseReason reason) => seen.Add($"{guest.Name} left: {reason}");
}
