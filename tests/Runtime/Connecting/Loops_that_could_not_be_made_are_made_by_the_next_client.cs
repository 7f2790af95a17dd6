using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Connecting;

/// <summary>The process may have no descriptor left for a moment: only who connects in that moment fails for it.</summary>
public sealed class Loops_that_could_not_be_made_are_made_by_the_next_client
{
    [Fact]
    public async Task Once_there_are_descriptors_again()
    {
        int asked = 0;
        Pollers pollers = Pollers.Default == Pollers.Epoll ? Scarce(static () => new EpollPoller()) : Scarce(static () => new PortablePoller());
        PeerOptions options = new() { Pollers = pollers };
        await using TestServer server = await TestServer.StartAsync(new InlineScript(new Script()));
        InlineScript processor = new(new Script());

        SocketException none = await Assert.ThrowsAsync<SocketException>(() => Peer.ConnectTcpAsync(server.EndPoint, processor, options).Guarded());
        Assert.Equal(SocketError.TooManyOpenSockets, none.SocketErrorCode);
        Assert.Equal(0, processor.PeerCount);

        Peer peer = await Peer.ConnectTcpAsync(server.EndPoint, processor, options).Guarded();
        await peer.DisposeAsync();
        pollers.SharedLoops.Stop();

        Pollers Scarce<TPoller>(Func<TPoller> create)
            where TPoller : struct, IPoller
            => new Pollers<TPoller>("scarce", () => asked++ == 0 ? throw new SocketException((int)SocketError.TooManyOpenSockets) : create());
    }
}
