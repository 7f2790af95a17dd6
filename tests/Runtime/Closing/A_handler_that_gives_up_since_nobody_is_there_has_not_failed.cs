using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Closing;

/// <summary><see cref="Peer.Aborted"/> says so before the end has been read: what came before it is handled all the same, and the end is the other side's.</summary>
public sealed class A_handler_that_gives_up_since_nobody_is_there_has_not_failed
{
    private const int Moves = 200;

    [Theory]
    [InlineData(Transport.Unix, Threading.Inline)]
    [InlineData(Transport.Unix, Threading.Queued)]
    [InlineData(Transport.Memory, Threading.Inline)]
    [InlineData(Transport.Memory, Threading.Queued)]
    public async Task And_what_follows_is_handled(Transport transport, Threading threading)
    {
        int handled = 0;
        Script script = new()
        {
            OnAsk = static async (peer, _) => await Task.Delay(Timeout.Infinite, peer.Aborted),
            OnMove = (_, _) => handled++,
        };
        PeerServerOptions options = new() { Loops = 1, Peers = new PeerOptions { HighWatermark = 1024, LowWatermark = 512 } };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), options);
        RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Join([Frames.Ask(1), .. Enumerable.Repeat(Frames.Move(1, 2, 3), Moves)]));
        Peer peer = await script.Peers.NextAsync();
        await server.ReadAsync(script, Moves);

        client.Dispose();

        CloseReason reason = await peer.Completion.Guarded();
        Assert.Equal((Moves, CloseReason.Remote, ""), (handled, reason, string.Join('\n', server.Log.All)));
    }
}
