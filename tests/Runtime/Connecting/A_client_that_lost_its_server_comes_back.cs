using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Connecting;

public sealed class A_client_that_lost_its_server_comes_back : IDisposable
{
    private static readonly PeerClientOptions Soon = new()
    {
        FirstDelay = TimeSpan.FromMilliseconds(1),
        LongestDelay = TimeSpan.FromMilliseconds(20),
        Peers = new PeerOptions { Log = static _ => { } },
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("qcontinuum").FullName;

    private string SocketPath => Path.Combine(_folder, "socket");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The server is another one each time, and between two of them there is none.</summary>
    [Theory, EachThreading]
    public async Task However_often_it_is_lost(Threading threading)
    {
        var happened = new Journal<string>();
        var script = new Script
        {
            OnOpened = peer =>
            {
                happened.Add("opened");
                return peer;
            },
            OnMove = (_, move) => happened.Add($"got {move.Entity}"),
            OnClosed = (_, reason) => happened.Add($"closed {reason}"),
        };
        await using var client = PeerClient.Unix(SocketPath, script.Run(threading), Soon);
        Task<Peer> first = client.StartAsync();
        for (int life = 0; life < 4; life++)
        {
            await using (PeerServer server = new(new Script().Run(threading)))
            {
                server.ListenUnix(SocketPath);
                await server.StartAsync();
                Peer peer = await client.ConnectedAsync().Guarded();
                Assert.Same(peer, client.Peer);
                Assert.Equal(SendResult.Sent, client.Send(new Move(life, 0, 0)));
                Assert.Equal(["opened", $"got {life}"], await happened.NextAsync(2));
            }

            Assert.Equal("closed Remote", await happened.NextAsync());
            Assert.Equal(SendResult.Closed, client.Send(new Move(life, 0, 0)));
        }

        Assert.Equal(CloseReason.Remote, await (await first.Guarded()).Completion.Guarded());
    }

    [Theory, EachThreading]
    public async Task Over_TCP(Threading threading)
    {
        var serving = new Script();
        await using TestServer server = await TestServer.StartAsync(serving.Run(threading));
        var script = new Script();
        await using var client = PeerClient.Tcp($"localhost:{server.EndPoint.Port}", script.Run(threading), Soon);

        Peer first = await client.StartAsync().Guarded();
        (await serving.Peers.NextAsync()).Abort();
        await script.Closings.NextAsync();
        Peer second = await client.ConnectedAsync().Guarded();

        Assert.NotSame(first, second);
        Assert.Equal(SendResult.Closed, first.Send(new Move(1, 2, 3)));
        Assert.Equal(SendResult.Sent, client.Send(new Move(1, 2, 3)));
    }

    /// <summary>What ends a connection does not end the client.</summary>
    [Theory, EachThreading]
    public async Task Even_if_it_closed_the_connection_itself(Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(new Script().Run(threading));
        await using var client = PeerClient.Tcp(server.EndPoint.ToString(), new Script().Run(threading), Soon);

        Peer first = await client.StartAsync().Guarded();
        first.Close();
        Assert.NotSame(first, client.Peer);
        Peer second = await client.ConnectedAsync().Guarded();

        Assert.NotSame(first, second);
        Assert.Equal(CloseReason.Local, await first.Completion.Guarded());
        Assert.Equal(CloseReason.None, second.Reason);
    }

    /// <summary>
    /// The Opened handler closes what it does not want: that is an attempt which came to nothing, and its Closed handler comes before the next.
    /// </summary>
    [Theory, EachThreading]
    public async Task Or_never_had_it(Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(new Script().Run(threading));
        var happened = new Journal<string>();
        int opened = 0;
        var script = new Script
        {
            OnOpened = peer =>
            {
                happened.Add("opened");
                if (++opened < 4)
                {
                    peer.Close();
                }

                return peer;
            },
            OnClosed = (_, reason) => happened.Add($"closed {reason}"),
        };
        await using var client = PeerClient.Tcp(server.EndPoint.ToString(), script.Run(threading), Soon);

        Peer peer = await client.StartAsync().Guarded();

        Assert.Equal(CloseReason.None, peer.Reason);
        Assert.Equal(["opened", "closed Local", "opened", "closed Local", "opened", "closed Local", "opened"], happened.All);
    }
}
