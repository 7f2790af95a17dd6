using System.Net.Sockets;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Connecting;

public sealed class A_port_that_is_taken_is_a_clear_exception
{
    [Fact]
    public async Task And_the_server_that_has_it_goes_on()
    {
        await using TestServer server = await TestServer.StartAsync(new Script().Run(Threading.Queued));
        await using var second = new PeerServer(new Script().Run(Threading.Queued));

        SocketException taken = Assert.Throws<SocketException>(() => second.ListenTcp(server.EndPoint));

        Assert.Equal(SocketError.AddressAlreadyInUse, taken.SocketErrorCode);
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(1));
    }

    [Fact]
    public async Task The_port_is_free_again_after_a_stop()
    {
        await using TestServer server = await TestServer.StartAsync(new Script().Run(Threading.Queued));
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(1));
        client.Dispose();
        await server.Server.StopAsync().Guarded();

        await using var second = new PeerServer(new Script().Run(Threading.Queued));
        Assert.Equal(server.EndPoint, second.ListenTcp(server.EndPoint).EndPoint);
    }

    [Fact]
    public async Task One_server_may_have_many_listeners()
    {
        await using var server = new PeerServer(new Script().Run(Threading.Queued));
        Listener first = server.ListenTcp("127.0.0.1:0");
        Listener second = server.ListenTcp("127.0.0.1:0");
        await server.StartAsync().Guarded();

        Assert.NotEqual(first.EndPoint, second.EndPoint);
        foreach (Listener listener in (Listener[])[first, second])
        {
            using RawClient client = await RawClient.ConnectAsync(listener.EndPoint);
            await client.ExpectEchoAsync(Frames.Raw(1));
        }
    }
}
