using System.Net;
using System.Net.Sockets;
using QContinuum.Transports;
using QContinuum.Transports.Sockets;

namespace QContinuum.Loops;

/// <summary>What of sockets calls the poller of a loop directly: whoever asks for it does not know the poller's type.</summary>
internal abstract partial class EventLoop
{
    /// <summary>Accepts at a listening socket. Any thread.</summary>
    internal abstract IAcceptor CreateAcceptor(Socket socket, IAcceptedHandler accepted);

    /// <summary>The connection of an accepted handle. Any thread.</summary>
    internal abstract Connection CreateAccepted(nint handle, IConnectionOwner owner, PeerOptions options);

    /// <summary>Begins to connect a socket. Any thread.</summary>
    /// <exception cref="SocketException">The attempt failed at once.</exception>
    internal abstract Connection BeginConnect(Socket socket, EndPoint endpoint, IConnectionOwner owner, PeerOptions options);
}

/// <content>The same, for the poller that it has.</content>
internal sealed partial class EventLoop<TPoller>
{
    internal override IAcceptor CreateAcceptor(Socket socket, IAcceptedHandler accepted) => new SocketAcceptor<TPoller>(this, socket, accepted);

    internal override Connection CreateAccepted(nint handle, IConnectionOwner owner, PeerOptions options)
        => new SocketConnection<TPoller>(this, handle, false, owner, options);

    internal override Connection BeginConnect(Socket socket, EndPoint endpoint, IConnectionOwner owner, PeerOptions options)
        => new SocketConnection<TPoller>(this, TPoller.Connect(socket, endpoint), true, owner, options);
}
