using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Deadlines;

public sealed class A_processor_may_do_without_a_deadline
{
    [Theory, EachLine]
    public Task For_the_first_message(Transport transport, Threading threading)
        => EndsOnceItIsBackAsync(transport, threading, PeerDeadlines.FirstMessage, CloseReason.FirstMessageLate, static (_, _) => Task.CompletedTask);

    [Theory, EachLine]
    public Task For_the_rest_of_a_message(Transport transport, Threading threading)
        => EndsOnceItIsBackAsync(transport, threading, PeerDeadlines.Message, CloseReason.MessageLate, static async (client, _) =>
        {
            await client.ExpectEchoAsync(Frames.Raw(1));
            await client.SendAsync(Frames.Raw(2).AsMemory(0, 5));
        });

    [Theory, EachLine]
    public Task For_a_byte(Transport transport, Threading threading)
        => EndsOnceItIsBackAsync(transport, threading, PeerDeadlines.Idle, CloseReason.Idle, static (client, _) => client.ExpectEchoAsync(Frames.Raw(1)));

    [Theory, EachLine]
    public Task For_taking_what_is_sent(Transport transport, Threading threading)
        => EndsOnceItIsBackAsync(transport, threading, PeerDeadlines.Send | PeerDeadlines.Idle, CloseReason.SendStalled, static async (client, peer) =>
        {
            await client.ExpectEchoAsync(Frames.Raw(1));
            while (peer.Send(new Raw(new byte[60_000])) == SendResult.Sent)
            {
            }
        });

    [Fact]
    public void One_that_there_is_not_is_refused()
    {
        Processor processor = new Script().Run(Threading.Inline);

        Assert.Throws<ArgumentOutOfRangeException>(() => processor.Deadlines = (PeerDeadlines)0x7FFFFF);
        Assert.Throws<ArgumentOutOfRangeException>(() => processor.Deadlines = ~PeerDeadlines.Idle);
        Assert.Equal(PeerDeadlines.All, processor.Deadlines);
    }

    /// <summary>Nothing ends the peer while its processor does without; when it does not any more, the peer ends.</summary>
    private static async Task EndsOnceItIsBackAsync(
        Transport transport, Threading threading, PeerDeadlines deadline, CloseReason reason, Func<RawClient, Peer, Task> beginAsync)
    {
        Script script = new();
        Processor processor = script.Run(threading);
        processor.Deadlines = PeerDeadlines.All & ~deadline;
        PeerOptions options = new() { SendLimit = 64 * 1024 * 1024, HighWatermark = 32 * 1024 * 1024 };
        await using TimedServer server = await TimedServer.StartAsync(transport, processor, script, options);
        using RawClient client = await server.ConnectAsync(receiveBuffer: 4096);
        await beginAsync(client, await script.Peers.NextAsync());
        for (int minutes = 0; minutes < 8; minutes++)
        {
            // The others have their deadlines, which the one is not to be taken for.
            await server.PassAsync(deadline == PeerDeadlines.Idle ? 100 : 35);
        }

        Assert.Empty(server.Reasons);
        processor.Deadlines = PeerDeadlines.All;
        for (int i = 0; i < 10 && !server.Reasons.Any(); i++)
        {
            await server.PassAsync(35);
        }

        Assert.Equal(reason, (await script.Closings.NextAsync()).Reason);
    }
}
