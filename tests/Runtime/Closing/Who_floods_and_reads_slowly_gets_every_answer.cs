using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;
using QContinuum.Transports;

namespace QContinuum.Runtime.Tests.Closing;

/// <summary>What is sent after the end is dropped up to a bound, and beyond it left unread: to close with unread bytes would destroy what the client has not read yet.</summary>
public sealed class Who_floods_and_reads_slowly_gets_every_answer
{
    private const int Sip = 16 * 1024;
    private static readonly byte[] Answer = Frames.Pattern(10_000, seed: 3);
    private static readonly byte[] Much = Frames.Join(Enumerable.Repeat(Frames.Raw(Answer), 4 * (Connection.LingerBytes / Answer.Length)));

    [Theory, EachLine]
    public Task When_its_server_stops(Transport transport, Threading threading)
        => EveryAnswerArrivesAsync(transport, threading, isMuch: true, static (server, _) => server.Server.StopAsync());

    [Theory, EachLine]
    public Task When_it_is_closed(Transport transport, Threading threading)
        => EveryAnswerArrivesAsync(transport, threading, isMuch: true, CloseAsync);

    [Theory, EachLine]
    public Task When_all_is_written_before(Transport transport, Threading threading)
        => EveryAnswerArrivesAsync(transport, threading, isMuch: false, CloseAsync);

    private static Task CloseAsync(TestServer server, Peer peer)
    {
        peer.Close();
        return peer.Completion;
    }

    /// <param name="isMuch">Whether more is to be written than the kernel takes at once.</param>
    private static async Task EveryAnswerArrivesAsync(Transport transport, Threading threading, bool isMuch, Func<TestServer, Peer, Task> endAsync)
    {
        Script script = new()
        {
            OnRaw = static (peer, raw) =>
            {
                if (raw.Data.Length == 1)
                {
                    peer.Send(raw);
                }
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer peer = await script.Peers.NextAsync();
        EventLoop loop = await LoopOfAsync(peer);
        int answers = 0;
        RawClient bystander = await server.ConnectAsync();
        do
        {
            Assert.Equal(SendResult.Sent, peer.Send(new Raw(Answer)));
            answers++;
            await bystander.ExpectEchoAsync(Frames.Raw(1));
        }
        while (isMuch && peer.Statistics.BytesSent == answers * (long)(Frames.HeaderSize + Answer.Length));

        bystander.Dispose();
        Task ending = endAsync(server, peer);
        Assert.InRange(await Flood.UntilRefusedAsync(client, Much, () => TurnAsync(loop)), Connection.LingerBytes, Much.Length - 1);

        using MemoryStream received = new();
        byte[] sip = new byte[Sip];
        int read;
        do
        {
            while (client.TrySend(Much) > 0)
            {
            }

            read = await client.ReceiveSomeAsync(sip);
            received.Write(sip, 0, read);
        }
        while (read > 0);

        // What it has sent and nobody reads would keep its end back.
        client.Reset();
        await ending.Guarded();
        Assert.Equal(Frames.Join(Enumerable.Repeat(Frames.Raw(Answer), answers)), received.ToArray());
        Assert.Equal(received.Length, peer.Statistics.BytesSent);
    }

    private static Task<EventLoop> LoopOfAsync(Peer peer)
    {
        TaskCompletionSource<EventLoop> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LoopGroup.ForEachOfAll(peer, (pollable, peer) =>
        {
            if (pollable is Connection connection && connection.Owner == peer)
            {
                found.SetResult(connection.Loop);
            }
        });
        return found.Task.Guarded();
    }

    /// <summary>The loop has served what was ready: no peer is left that it could answer.</summary>
    private static async Task TurnAsync(EventLoop loop)
    {
        for (int turns = 0; turns < 2; turns++)
        {
            TaskCompletionSource turned = new(TaskCreationOptions.RunContinuationsAsynchronously);
            loop.Post(_ => turned.SetResult(), null);
            await turned.Task.Guarded();
        }
    }
}
