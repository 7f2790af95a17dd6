using System.Net;
using System.Net.Sockets;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>An address that does not answer: its listener's queue is full, and nobody accepts.</summary>
internal sealed class DeafListener : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _queued = [];

    public DeafListener()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(backlog: 1);
        for (int i = 0; i < 8; i++)
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _queued.Add(socket);
            SocketException pending = Assert.ThrowsAny<SocketException>(() => socket.Connect(EndPoint));
            Assert.Equal(SocketError.WouldBlock, pending.SocketErrorCode);
        }
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    public void Dispose()
    {
        _queued.ForEach(static socket => socket.Dispose());
        _listener.Dispose();
    }
}
