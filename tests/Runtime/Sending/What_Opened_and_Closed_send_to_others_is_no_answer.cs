using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Sending;

/// <summary>Wherever they are called: after a redirect, at one, after an asynchronous handler. An answer that finds no room would end the peer that is held.</summary>
public sealed class What_Opened_and_Closed_send_to_others_is_no_answer
{
    private static readonly PeerOptions Refusing = new()
    {
        HighWatermark = 128 * 1024, LowWatermark = 32 * 1024, SendLimit = 256 * 1024, WhenFull = OverflowPolicy.Refuse,
    };

    private static readonly byte[] Huge = new byte[257 * 1024];

    [Theory, EachTransport]
    public async Task Of_who_was_redirected_here(Transport transport)
    {
        Member member = new();
        Script there = new() { OnOpened = member.SendTo };
        Script here = new() { OnAsk = member.HoldAsync };
        await using TestServer server = await TestServer.StartAsync(transport, here.Run(Threading.Inline), new PeerServerOptions { Loops = 1, Peers = Refusing });
        using RawClient slow = await member.HoldAsync(server, here);
        using RawClient other = await server.ConnectAsync();
        Peer moved = await here.Peers.NextAsync();

        Assert.True(moved.Redirect(there.Run(Threading.Inline)));

        await member.IsRefusedAsync();
    }

    [Theory, EachLine]
    public async Task Of_who_is_redirected_elsewhere(Transport transport, Threading threading)
    {
        Member member = new();
        Script here = new()
        {
            OnAsk = member.HoldAsync,
            OnClosed = (peer, reason) =>
            {
                if (reason == CloseReason.Redirected)
                {
                    member.SendTo(peer);
                }
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, here.Run(threading), new PeerServerOptions { Loops = 1, Peers = Refusing });
        using RawClient slow = await member.HoldAsync(server, here);
        using RawClient other = await server.ConnectAsync();
        Peer moved = await here.Peers.NextAsync();

        Assert.True(moved.Redirect(new Script().Run(Threading.Queued)));

        await member.IsRefusedAsync();
    }

    /// <summary>Its own handler held it while it ended.</summary>
    [Theory, EachLine]
    public async Task Of_who_closes_once_its_handler_has_ended(Transport transport, Threading threading)
    {
        Member member = new();
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Script here = new()
        {
            OnAsk = async (peer, ask) =>
            {
                if (peer == member.Peer)
                {
                    await member.HoldAsync(peer, ask);
                    return;
                }

                held.SetResult();
                await go.Task;
            },
            OnClosed = (peer, reason) =>
            {
                if (reason == CloseReason.Local)
                {
                    member.SendTo(peer);
                }
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, here.Run(threading), new PeerServerOptions { Loops = 1, Peers = Refusing });
        using RawClient slow = await member.HoldAsync(server, here);
        using RawClient other = await server.ConnectAsync();
        Peer leaver = await here.Peers.NextAsync();
        await other.SendAsync(Frames.Ask(1));
        await held.Task.Guarded();
        leaver.Abort();
        await server.SettleAsync();
        go.SetResult();

        await member.IsRefusedAsync();
    }

    /// <summary>A peer whose handler runs as long as the test likes, and what another one sends it.</summary>
    private sealed class Member
    {
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<SendResult> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Peer? Peer { get; private set; }

        public async Task<RawClient> HoldAsync(TestServer server, Script script)
        {
            RawClient client = await server.ConnectAsync();
            Peer = await script.Peers.NextAsync();
            await client.SendAsync(Frames.Ask(1));
            await _held.Task.Guarded();
            return client;
        }

        public async ValueTask HoldAsync(Peer peer, Ask ask)
        {
            _held.SetResult();
            await _go.Task;
        }

        public Peer SendTo(Peer other)
        {
            if (other != Peer)
            {
                _sent.TrySetResult(Peer!.Send(new Raw(Huge)));
            }

            return other;
        }

        public async Task IsRefusedAsync()
        {
            SendResult result = await _sent.Task.Guarded();
            _go.SetResult();
            Assert.Equal(SendResult.Overflow, result);
            Assert.Equal(CloseReason.None, Peer!.Reason);
            Assert.Equal(1, Peer.Statistics.Refused);
        }
    }
}
