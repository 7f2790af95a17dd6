using System.Net;
using System.Net.Sockets;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Transports;

public sealed class Version_6_of_IP_is_a_transport
{
    private static readonly byte[] Frame = Frames.Raw(1, 2, 3);

    [NeedsVersion6, EachThreading]
    public async Task By_itself(Threading threading)
    {
        Script script = new();
        await using PeerServer server = new(script.Run(threading));
        Listener listener = server.ListenTcp("[::1]:0");
        await server.StartAsync();
        Assert.Equal(IPAddress.IPv6Loopback, listener.EndPoint.Address);

        using RawClient client = await RawClient.ConnectAsync(listener.EndPoint);
        await client.ExpectEchoAsync(Frame);

        Assert.Equal(client.LocalEndPoint, (await script.Peers.NextAsync()).RemoteEndPoint);
        await ExpectEchoAsync(listener.EndPoint, threading);
    }

    /// <summary>Who comes by version 4 is known by an address of version 4, though the socket is of version 6.</summary>
    [NeedsVersion6, EachThreading]
    public async Task Together_with_version_4(Threading threading)
    {
        Script script = new();
        await using PeerServer server = new(script.Run(threading));
        int port = server.ListenTcp("[::]:0").EndPoint.Port;
        await server.StartAsync();
        IPEndPoint four = new(IPAddress.Loopback, port);
        IPEndPoint six = new(IPAddress.IPv6Loopback, port);

        foreach (IPEndPoint endpoint in new[] { four, six })
        {
            using RawClient client = await RawClient.ConnectAsync(endpoint);
            await client.ExpectEchoAsync(Frame);
            Assert.Equal(client.LocalEndPoint, (await script.Peers.NextAsync()).RemoteEndPoint);
            await ExpectEchoAsync(endpoint, threading);
            Assert.Equal(endpoint.Address, ((IPEndPoint)(await script.Peers.NextAsync()).RemoteEndPoint).Address);
        }
    }

    /// <summary>An address of version 4 that is written as one of version 6 leads to the same server, and counts as what it is.</summary>
    [NeedsVersion6, EachThreading]
    public async Task By_an_address_of_version_4_in_the_clothes_of_version_6(Threading threading)
    {
        Script script = new();
        await using PeerServer server = new(script.Run(threading));
        int port = server.ListenTcp("127.0.0.1:0").EndPoint.Port;
        await server.StartAsync();

        await ExpectEchoAsync(new IPEndPoint(IPAddress.Loopback.MapToIPv6(), port), threading);

        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)(await script.Peers.NextAsync()).RemoteEndPoint).Address);
    }

    /// <summary>Each version has addresses of its own; one of version 4 is the same through both kinds of socket.</summary>
    [NeedsVersion6, EachThreading]
    public async Task And_an_address_has_only_so_many_peers(Threading threading)
    {
        await using PeerServer server = new(new Script().Run(threading), new PeerServerOptions { Loops = 1, MaxPeersPerAddress = 1 });
        int port = server.ListenTcp("[::]:0").EndPoint.Port;
        int alone = server.ListenTcp("127.0.0.1:0").EndPoint.Port;
        await server.StartAsync();

        using RawClient four = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        await four.ExpectEchoAsync(Frame);
        using RawClient six = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.IPv6Loopback, port));
        await six.ExpectEchoAsync(Frame);

        Assert.False(await IsServedAsync(new IPEndPoint(IPAddress.Loopback, port)));
        Assert.False(await IsServedAsync(new IPEndPoint(IPAddress.Loopback, alone)));
        Assert.False(await IsServedAsync(new IPEndPoint(IPAddress.IPv6Loopback, port)));
        Assert.Equal(new PeerServerStatistics(Accepted: 2, Refused: 3, AcceptPauses: 0, Peers: 2), server.Statistics);
        await four.ExpectEchoAsync(Frame);
        await six.ExpectEchoAsync(Frame);
    }

    /// <summary>A client of the library, by the address as a text.</summary>
    private static async Task ExpectEchoAsync(IPEndPoint endpoint, Threading threading)
    {
        Journal<Move> back = new();
        Script asking = new() { OnMove = (_, move) => back.Add(move) };
        await using Peer peer = await Peer.ConnectTcpAsync(endpoint.ToString(), asking.Run(threading)).Guarded();
        peer.Send(new Move(1, 2, 3));
        Assert.Equal(new Move(1, 2, 3), await back.NextAsync());
        Assert.Equal(endpoint, peer.RemoteEndPoint);
    }

    private static async Task<bool> IsServedAsync(IPEndPoint endpoint)
    {
        try
        {
            using RawClient client = await RawClient.ConnectAsync(endpoint);
            return await client.IsServedAsync(Frame);
        }
        catch (SocketException)
        {
            // The reset was there before the connection was known to be.
            return false;
        }
    }
}
