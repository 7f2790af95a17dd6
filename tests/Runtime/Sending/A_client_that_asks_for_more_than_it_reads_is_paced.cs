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
        client.Reset();

        Peer peer = await script.Peers.NextAsync();
        Assert.Equal(CloseReason.Reset, await peer.Completion.Guarded());
        Assert.Equal(1, script.Closings.All.Count(closing => closing.Peer == peer));
    }
}
