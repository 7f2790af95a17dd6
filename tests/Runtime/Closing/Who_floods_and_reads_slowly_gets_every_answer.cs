using Microsoft.Extensions.Time.Testing;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;
using QContinuum.Transports;

namespace QContinuum.Runtime.Tests.Closing;

/// <summary>What is sent after the end is dropped up to a bound, and beyond it left unread: to close with unread bytes would destroy what the client has not read yet.</summary>
public sealed class Who_floods_and_reads_slowly_gets_every_answer
{
    private const int Sip = 16 * 1024;
    private static readonly byte[] Answer = Frames.Pattern(10_000, seed: 3);
    private static readonly byte[] Much = Frames.Join(Enumerable.Repeat(Frames.Raw(Answer), 100));

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
        FakeTimeProvider clock = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), new PeerServerOptions { Loops = 1, TimeProvider = clock });
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer peer = await script.Peers.NextAsync();
        Connection connection = await peer.ConnectionAsync();
        int answers = 1;
        if (isMuch)
        {
            answers = await server.FillAsync(peer, Answer);
        }
        else
        {
            Assert.Equal(SendResult.Sent, peer.Send(new Raw(Answer)));
        }

        Task ending = endAsync(server, peer);
        int sent = 0;
        await Guard.UntilAsync(() =>
        {
            sent += client.TrySend(Much.AsSpan(sent % Much.Length));
            return connection.Extras.Lingered > Connection.LingerBytes;
        });

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

        // What it has sent and nobody reads keeps its end back, or even a reset where the poller is not asked for anything.
        client.Reset();
        Task stopping = server.Server.StopAsync();
        await Guard.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return stopping.IsCompleted;
        });
        await ending.Guarded();
        Assert.Equal(Frames.Join(Enumerable.Repeat(Frames.Raw(Answer), answers)), received.ToArray());
        Assert.Equal(received.Length, peer.Statistics.BytesSent);
    }
}
