using System.Net;
using System.Reflection;
using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Loops;
using QContinuum.Transports;

namespace QContinuum.Interleavings.Tests.Support;

internal static class Peers
{
    /// <summary>A peer whose other side takes everything and says nothing. It begins when the loop does.</summary>
    internal static Peer Peer(this Run run, EventLoop loop, Processor processor)
    {
        Connection? connection = null;
        Peer peer = run.Peer(
            loop, processor, new PeerOptions { Log = static _ => { } }, (loop, peer, options) => connection = new SilentConnection(loop, peer, options));
        run.Share(connection!, connection!.Extras);
        return peer;
    }

    /// <summary>A peer with a connection of the test's own, which is not shared: what only the connection has is no point.</summary>
    internal static Peer Peer(
        this Run run, EventLoop loop, Processor processor, PeerOptions options, Func<EventLoop, Peer, PeerOptions, Connection> connect)
    {
        Peer peer = (Peer)Activator.CreateInstance(
            typeof(Peer), BindingFlags.Instance | BindingFlags.NonPublic, null, [processor, options, loop, new IPEndPoint(IPAddress.Loopback, 1)], null)!;
        ((IAcceptedOwner)peer).Begin(connect(loop, peer, options));
        run.Share(peer, peer.Extras);
        return peer;
    }
}
