using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Sending;

public sealed class A_client_that_asks_for_more_than_it_reads_is_paced
{
    private const int Requests = 2_000;
    private const int Answer = 20_000;

    /// <summary>One read brings requests for ten times what may wait to be sent: none is lost, and the peer is not closed for it.</summary>
    [Theory, EachLine]
    public async Task Every_answer_arrives(Transport transport, Threading threading)
    {
        byte[] answer = Frames.Pattern(Answer, seed: 5);
        var script = new Script { OnMove = (peer, move) => peer.Send(new Blob((uint)move.Entity, answer)) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);

        await client.SendAsync(Frames.Join(Enumerable.Range(0, Requests).Select(number => Frames.Move(number, 0, 0))));
        await server.SettleAsync();
        for (int number = 0; number < Requests; number++)
        {
            byte[] expected = Frames.Blob((uint)number, answer);
            Assert.Equal(expected, await client.ReceiveAsync(expected.Length));
        }

        Assert.Empty(script.Closings.All);
    }

    /// <summary>Also those of handlers that have awaited something before they answer.</summary>
    [Theory, EachLine]
    public async Task Every_answer_arrives_later(Transport transport, Threading threading)
    {
        byte[] answer = Frames.Pattern(Answer, seed: 5);
        int handled = 0;
        Script script = new()
        {
            OnAsk = async (peer, ask) =>
            {
                await Task.Yield();
                Interlocked.Increment(ref handled);
                peer.Send(new Blob(0, answer));
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);

        await client.SendAsync(Frames.Join(Enumerable.Range(0, Requests).Select(static number => Frames.Ask(number))));
        for (int still = 0, before = -1; still < 20;)
        {
            await server.SettleAsync();
            int now = Volatile.Read(ref handled);
            still = now == before ? still + 1 : 0;
            before = now;
        }

        Assert.InRange(handled, 1, Requests - 1);
        byte[] expected = Frames.Blob(0, answer);
        for (int number = 0; number < Requests; number++)
        {
            Assert.Equal(expected, await client.ReceiveAsync(expected.Length));
        }

        Assert.Empty(script.Closings.All);
    }

    /// <summary>Also where an answer is longer than what is between the watermark and the limit.</summary>
    [Theory]
    [InlineData(300 * 1024, 60 * 1024)]
    [InlineData(257 * 1024, 100 * 1024)]
    [InlineData(257 * 1024, 190 * 1024)]
    public async Task Every_answer_arrives_however_little_may_wait(int sendLimit, int length)
    {
        foreach (Threading threading in (Threading[])[Threading.Inline, Threading.Queued])
        {
            Script script = new();
            await using TestServer server = await TestServer.StartAsync(
                Transport.Tcp, script.Run(threading), new PeerServerOptions { Loops = 1, Peers = new PeerOptions { SendLimit = sendLimit } });
            using RawClient client = await server.ConnectAsync(receiveBuffer: 8 * 1024);
            byte[] asked = Frames.Join(Enumerable.Repeat(Frames.Raw(Frames.Pattern(length, seed: 7)), 16 * 1024 * 1024 / length));

            Task sending = client.SendAsync(asked);

            byte[] answered = await client.ReceiveAsync(asked.Length);
            await sending;
            Assert.True(asked.AsSpan().SequenceEqual(answered));
        }
    }

    /// <summary>What waits for the other side to read ends when the other side does.</summary>
    [Theory, EachLine]
    public async Task A_reset_while_it_waits_closes_it(Transport transport, Threading threading)
    {
        byte[] answer = Frames.Pattern(Answer, seed: 6);
        var script = new Script { OnMove = (peer, move) => peer.Send(new Blob((uint)move.Entity, answer)) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);

        await client.SendAsync(Frames.Join(Enumerable.Range(0, Requests).Select(number => Frames.Move(number, 0, 0))));
        await server.SettleAsync();

        // A unix domain socket tells a reset only of who has not read all that it was sent: there is something, and more of it.
        await client.ReceiveAsync(1);
        client.Reset();

        Peer peer = await script.Peers.NextAsync();
        Assert.Equal(CloseReason.Reset, await peer.Completion.Guarded());
        Assert.Equal(1, script.Closings.All.Count(closing => closing.Peer == peer));
    }
}
