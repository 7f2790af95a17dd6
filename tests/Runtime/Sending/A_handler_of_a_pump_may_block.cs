using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Sending;

public sealed class A_handler_of_a_pump_may_block
{
    private const int Size = 100_000;
    private const int Answers = 50;

    /// <summary>What it has sent is on its way, although its turn has not ended.</summary>
    [Theory, EachTransport]
    public async Task Until_it_has_sent(Transport transport)
    {
        byte[] data = Frames.Pattern(Size, seed: 1);
        Script script = new()
        {
            OnMove = (peer, _) =>
            {
                for (int i = 0; i < Answers; i++)
                {
                    Assert.Equal(SendResult.Sent, peer.SendAsync(new Raw(data)).AsTask().GetAwaiter().GetResult());
                }
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(Threading.Queued));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Move(1, 0, 0));

        byte[] answer = Frames.Raw(data);
        for (int i = 0; i < Answers; i++)
        {
            Assert.Equal(answer, await client.ReceiveAsync(answer.Length));
        }
    }

    /// <summary>Who was answered before hears of it, although the next handler of the same turn takes long.</summary>
    [Theory, EachTransport]
    public async Task And_does_not_keep_the_answers_of_those_who_took_long(Transport transport)
    {
        using ManualResetEventSlim bothAreThere = new();
        using ManualResetEventSlim answered = new();
        int handled = 0;
        Script script = new()
        {
            OnMove = (peer, move) =>
            {
                if (handled++ == 0)
                {
                    bothAreThere.Wait(Guard.Patience);
                    long now = Environment.TickCount64;
                    SpinWait.SpinUntil(() => Environment.TickCount64 > now);
                    peer.Send(move);
                }
                else
                {
                    Assert.True(answered.Wait(Guard.Patience), "the answer before does not come");
                    peer.Send(move);
                }
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(Threading.Queued));
        using RawClient first = await server.ConnectAsync();
        using RawClient second = await server.ConnectAsync();
        await script.Peers.NextAsync();
        Peer peer = await script.Peers.NextAsync();
        byte[] move = Frames.Move(1, 0, 0);
        await first.SendAsync(move);
        await Guard.UntilAsync(() => Volatile.Read(ref handled) == 1);
        await second.SendAsync(move);
        await Guard.UntilAsync(() => peer.Statistics.BytesReceived == move.Length);
        bothAreThere.Set();

        Assert.Equal(move, await first.ReceiveAsync(move.Length));
        answered.Set();
        Assert.Equal(move, await second.ReceiveAsync(move.Length));
    }
}
