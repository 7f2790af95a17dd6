using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Closing;

/// <summary>It awaited something, and <see cref="Peer.Aborted"/> told it that nobody is there any more: that is what it is for, and nothing to be told of.</summary>
public sealed class A_handler_that_gives_up_at_the_end_has_not_failed
{
    [Theory, EachLine]
    public async Task Whatever_is_done_about_those_that_have(Transport transport, Threading threading)
    {
        Journal<int> begun = new();
        Script script = new()
        {
            OnAsk = async (peer, _) =>
            {
                begun.Add(1);
                await Task.Delay(Timeout.Infinite, peer.Aborted);
            },
        };
        PeerServerOptions options = new() { Loops = 1, Peers = new PeerOptions { WhenHandlerThrows = HandlerFaultPolicy.Continue } };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), options);
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();
        await client.SendAsync(Frames.Of(4, new byte[8]));
        await begun.NextAsync();

        peer.Close();

        Assert.Equal(CloseReason.Local, await peer.Completion.Guarded());
        Assert.Empty(server.Log.All);
    }

    /// <summary>The end has come before it awaits: it gives up at once.</summary>
    [Theory, EachLine]
    public async Task However_early_that_is(Transport transport, Threading threading)
    {
        Script script = new()
        {
            OnAsk = static async (peer, _) =>
            {
                peer.Close();
                await Task.Delay(Timeout.Infinite, peer.Aborted);
            },
        };
        PeerServerOptions options = new() { Loops = 1, Peers = new PeerOptions { WhenHandlerThrows = HandlerFaultPolicy.Continue } };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), options);
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();
        await client.SendAsync(Frames.Of(4, new byte[8]));

        Assert.Equal(CloseReason.Local, await peer.Completion.Guarded());
        Assert.Empty(server.Log.All);
    }

    /// <summary>What is cancelled otherwise is an exception like others.</summary>
    [Theory, EachLine]
    public async Task But_one_that_is_cancelled_before_has(Transport transport, Threading threading)
    {
        Script script = new() { OnAsk = static async (_, _) => await Task.FromCanceled(new CancellationToken(canceled: true)) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();
        await client.SendAsync(Frames.Of(4, new byte[8]));

        Assert.Equal(CloseReason.HandlerFault, await peer.Completion.Guarded());
        Assert.Contains(nameof(TaskCanceledException), await server.Log.NextAsync(), StringComparison.Ordinal);
    }
}
