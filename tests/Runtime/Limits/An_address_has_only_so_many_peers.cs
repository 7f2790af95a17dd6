using System.Net;
using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Limits;

public sealed class An_address_has_only_so_many_peers
{
    [Fact]
    public async Task One_more_is_reset_and_room_comes_back()
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(script.Run(Threading.Inline), new PeerServerOptions { Loops = 1, MaxPeersPerAddress = 2 });
        using RawClient first = await server.ConnectAsync();
        RawClient second = await server.ConnectAsync();
        await script.Peers.NextAsync(2);

        Assert.False(await IsServedAsync(server));
        Assert.Equal(new PeerServerStatistics(Accepted: 2, Refused: 1, AcceptPauses: 0, Peers: 2), server.Server.Statistics);

        second.Dispose();
        await script.Closings.NextAsync();
        await EventuallyServedAsync(server);
        await first.ExpectEchoAsync(Frames.Raw(1));
    }

    [Fact]
    public void Of_version_6_the_first_64_bits_count()
    {
        AddressCounts counts = new(1);

        Assert.True(counts.TryEnter(Address("2001:db8:1:2::1")));
        Assert.False(counts.TryEnter(Address("2001:db8:1:2:ffff::9")));
        Assert.True(counts.TryEnter(Address("2001:db8:1:3::1")));

        counts.Leave(Address("2001:db8:1:2::1"));
        Assert.True(counts.TryEnter(Address("2001:db8:1:2:ffff::9")));
    }

    [Fact]
    public void An_address_of_version_4_is_the_same_through_a_socket_of_version_6()
    {
        AddressCounts counts = new(1);

        Assert.True(counts.TryEnter(Address("10.0.0.1")));
        Assert.False(counts.TryEnter(Address("::ffff:10.0.0.1")));
        Assert.True(counts.TryEnter(Address("::ffff:10.0.0.2")));
    }

    [Fact]
    public void At_least_one_is_allowed()
        => Assert.Throws<ArgumentOutOfRangeException>(() => new PeerServerOptions { MaxPeersPerAddress = 0 });

    /// <summary>The handle is closed a moment after the lane was told.</summary>
    private static async Task EventuallyServedAsync(TestServer server)
    {
        for (int attempt = 0; ; attempt++)
        {
            if (await IsServedAsync(server))
            {
                return;
            }

            Assert.True(attempt < 1_000, "there is no room again");
        }
    }

    private static async Task<bool> IsServedAsync(TestServer server)
    {
        try
        {
            using RawClient client = await server.ConnectAsync();
            return await client.IsServedAsync(Frames.Raw(2));
        }
        catch (SocketException)
        {
            // The reset was there before the connection was known to be.
            return false;
        }
    }

    private static SocketPeerAddress Address(string text)
    {
        IPAddress address = IPAddress.Parse(text);
        byte[] bytes = address.GetAddressBytes();
        return bytes.Length == 4
            ? SocketPeerAddress.OfVersion4(BitConverter.ToUInt32(bytes), port: 1)
            : SocketPeerAddress.OfVersion6(bytes, port: 1, scope: 0);
    }
}
