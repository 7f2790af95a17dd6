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

    private static async Task<RawClient> ConnectAsync(TimedServer server)
    {
        RawClient client = await server.ConnectAsync(receiveBuffer: 4096);
        await client.SendAsync(Frames.Join(Enumerable.Range(0, Requests).Select(static i => Frames.Move(i, 0, 0))));
        client.FinishSending();
        return client;
    }
}
