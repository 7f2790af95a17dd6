using System.Net;
using System.Reflection;
using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Loops;
using QContinuum.Transports;

namespace QContinuum.Interleavings.Tests.Support;

internal static class Peers
{
    /// <summary>A peer whose other side takes everything and says nothing. It begins when the loop does.</summary>
    internal static Peer Peer(this Run run, EventLoop loop, Processor processor, PeerOptions? options = null)
    {
        options ??= new PeerOptions { Log = static _ => { } };
        Peer peer = (Peer)Activator.CreateInstance(
            typeof(Peer), BindingFlags.Instance | BindingFlags.NonPublic, null, [processor, options, loop, new IPEndPoint(IPAddress.Loopback, 1)], null)!;
        SilentConnection connection = new(loop, peer, options);
        ((IAcceptedOwner)peer).Begin(connection);
        run.Share(peer, peer.Extras, connection, connection.Extras);
        return peer;
    }
}
