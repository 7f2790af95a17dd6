using System.Net;
using System.Net.Sockets;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Connecting;

public sealed class A_connection_that_cannot_be_made_throws
{
    [Fact]
    public async Task When_nobody_listens()
    {
        // Bound, so that nobody else can have the port, and not listening.
        using Socket deaf = Bound();
        var script = new Script();

        SocketException refused = await Assert.ThrowsAsync<SocketException>(
            () => Peer.ConnectTcpAsync(deaf.LocalEndPoint!.ToString()!, script.Run(Threading.Queued)).Guarded());

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        Assert.Empty(script.Peers.All);
        Assert.Empty(script.Closings.All);
    }

    [Theory, EachLine]
    public async Task When_its_opened_handler_throws(Transport transport, Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new Script().Run(Threading.Queued));
        var script = new Script { OnOpened = static _ => throw new InvalidOperationException("no") };
        PeerClosedException closed = await Assert.ThrowsAsync<PeerClosedException>(
            () => server.ConnectPeerAsync(script.Run(threading), new PeerOptions { Log = static _ => { } }));
        Assert.Equal(CloseReason.HandlerFault, closed.Reason);
    }

    [Theory, EachLine]
    public async Task When_its_opened_handler_closes_it(Transport transport, Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new Script().Run(Threading.Queued));
        var script = new Script
        {
            OnOpened = static peer =>
            {
                peer.Close();
                return peer;
            },
        };
        PeerClosedException closed = await Assert.ThrowsAsync<PeerClosedException>(() => server.ConnectPeerAsync(script.Run(threading)));
        Assert.Equal(CloseReason.Local, closed.Reason);
    }

    /// <summary>Whoever tries again does not meet the last attempt.</summary>
    [Fact]
    public async Task When_it_was_closed_and_its_closed_handler_has_run_to_its_end()
    {
        await using TestServer server = await TestServer.StartAsync(new Script().Run(Threading.Queued));
        var unwilling = new Unwilling();
        Task<Peer> connecting = Peer.ConnectTcpAsync(server.EndPoint.ToString(), unwilling);
        await unwilling.Closings.NextAsync();
        await server.SettleAsync();
        Assert.False(connecting.IsCompleted);

        unwilling.MayEnd.SetResult();

        Assert.Equal(CloseReason.Local, (await Assert.ThrowsAsync<PeerClosedException>(() => connecting.Guarded())).Reason);
    }

    [Fact]
    public async Task When_it_is_cancelled_before()
    {
        await using TestServer server = await TestServer.StartAsync(new Script().Run(Threading.Queued));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Peer.ConnectTcpAsync(server.EndPoint.ToString(), new Script().Run(Threading.Queued), cancellationToken: new CancellationToken(true)).Guarded());
    }

    /// <summary>Nobody accepts and the backlog is full, so that the connection stays under way.</summary>
    [Fact]
    public async Task When_it_is_cancelled_under_way()
    {
        using DeafListener deaf = new();
        using var impatience = new CancellationTokenSource();
        Task<Peer> connecting = Peer.ConnectTcpAsync(deaf.EndPoint.ToString(), new Script().Run(Threading.Queued), cancellationToken: impatience.Token);
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.Guarded());
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:http")]
    [InlineData("::1")]
    public async Task When_the_address_is_none(string endpoint)
    {
        await Assert.ThrowsAsync<FormatException>(() => Peer.ConnectTcpAsync(endpoint, new Script().Run(Threading.Queued)).Guarded());
        await using var server = new PeerServer(new Script().Run(Threading.Queued));
        Assert.Throws<FormatException>(() => server.ListenTcp(endpoint));
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}

/// <summary>Closes what opens, and takes its time over it.</summary>
[Processor(Threading.Queued)]
public sealed partial class Unwilling
{
    public Journal<CloseReason> Closings { get; } = new();

    public TaskCompletionSource MayEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Opened]
    private void Opened(Peer peer) => peer.Close();

    [Closed]
    private async ValueTask ClosedAsync(Peer peer, CloseReason reason)
    {
        Closings.Add(reason);
        await MayEnd.Task;
    }
}
