using QContinuum.Runtime.Tests.Deadlines;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Closing;

public sealed class A_client_that_has_finished_may_read_slowly
{
    private const int Requests = 800;
    private static readonly byte[] Answer = Frames.Raw(Frames.Pattern(20_000, seed: 5));

    /// <summary>Its answers wait for it, and the lane with them: that is no handler which does not end.</summary>
    [Theory, EachLine]
    public async Task And_gets_every_answer(Transport transport, Threading threading)
    {
        await using TimedServer server = await AskAsync(transport, threading);
        using RawClient client = await ConnectAsync(server);
        await ReadSlowlyAsync(server, client);
    }

    /// <summary>It holds the lane where it was sent by a handler that has awaited something, and has ended since.</summary>
    [Theory, EachLine]
    public async Task Also_answers_of_asynchronous_handlers(Transport transport, Threading threading)
    {
        Script script = new()
        {
            OnAsk = static async (peer, _) =>
            {
                await Task.Yield();
                peer.Send(new Raw(Answer.AsSpan(Frames.HeaderSize)));
            },
        };
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, new PeerOptions { IdleTimeout = Timeout.InfiniteTimeSpan }, script);
        using RawClient client = await ConnectAsync(server, static i => Frames.Ask(i));
        await ReadSlowlyAsync(server, client);
    }

    [Theory, EachLine]
    public async Task But_has_to_read(Transport transport, Threading threading)
    {
        await using TimedServer server = await AskAsync(transport, threading);
        using RawClient client = await ConnectAsync(server);
        await Guard.UntilAsync(() =>
        {
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            return server.Reasons.Contains(CloseReason.SendStalled);
        });
    }

    private static Task<TimedServer> AskAsync(Transport transport, Threading threading)
    {
        Script script = new() { OnMove = static (peer, _) => peer.Send(new Raw(Answer.AsSpan(Frames.HeaderSize))) };
        return TimedServer.StartAsync(transport, threading, new PeerOptions { IdleTimeout = Timeout.InfiniteTimeSpan }, script);
    }

    private static Task<RawClient> ConnectAsync(TimedServer server) => ConnectAsync(server, static i => Frames.Move(i, 0, 0));

    private static async Task<RawClient> ConnectAsync(TimedServer server, Func<int, byte[]> request)
    {
        RawClient client = await server.ConnectAsync(receiveBuffer: 4096);
        await client.SendAsync(Frames.Join(Enumerable.Range(0, Requests).Select(request)));
        client.FinishSending();
        return client;
    }

    private static async Task ReadSlowlyAsync(TimedServer server, RawClient client)
    {
        for (int i = 0; i < Requests; i++)
        {
            Assert.Equal(Answer, await client.ReceiveAsync(Answer.Length));
            if (i % 50 == 0 && i < Requests / 2)
            {
                // Longer than any handler is waited for; what is left once all are handled has half a minute.
                await server.PassAsync(25);
            }
        }

        Assert.Empty(await client.ReceiveToEndAsync());
        Assert.Empty(server.Log.All);
    }
}
