using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace QContinuum.Loops;

/// <summary>A listening socket: while it is watched, one accept is under way, and whom it accepted waits until asked for.</summary>
internal sealed class PortableListener : PortableSocket
{
    private readonly PortableOperation _accepting;

    internal PortableListener(Socket socket)
        : base(socket)
        => _accepting = new PortableOperation(this);

    internal override Readiness Look()
    {
        if (Key == 0 || (Interest & Readiness.Readable) == 0)
        {
            // An accept that is under way ends nevertheless, as the kernel too completes connections that nobody accepts.
            return Readiness.None;
        }

        if (_accepting.IsResting)
        {
            Begin();
        }

        return _accepting.IsDone ? Readiness.Readable : Readiness.None;
    }

    internal nint Accept(out SocketPeerAddress address)
    {
        address = default;
        if (_accepting.IsResting)
        {
            Begin();
        }

        if (!_accepting.IsDone)
        {
            return -(nint)IoError.WouldBlock;
        }

        Socket? accepted = _accepting.AcceptSocket;
        SocketError error = _accepting.SocketError;
        _accepting.AcceptSocket = null;
        _accepting.Rest();
        Queue!.List(this);
        try
        {
            if (error == SocketError.Success)
            {
                if (accepted!.RemoteEndPoint is IPEndPoint remote)
                {
                    accepted.NoDelay = true;
                    address = AddressOf(remote);
                }

                return new PortableConnection(accepted).Handle;
            }
        }
        catch (SocketException)
        {
            // Already gone.
        }

        accepted?.Dispose();
        return error is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable ? -(nint)IoError.NoDescriptor : -(nint)IoError.Aborted;
    }

    /// <summary>The socket is the acceptor's, which disposes of it; it is not watched again.</summary>
    internal override void Unwatch()
    {
        Forget();
        Dispose();
    }

    public override void Dispose() => _accepting.Abandon();

    private static SocketPeerAddress AddressOf(IPEndPoint remote)
    {
        Span<byte> bytes = stackalloc byte[16];
        remote.Address.TryWriteBytes(bytes, out _);
        return remote.AddressFamily == AddressFamily.InterNetworkV6
            ? SocketPeerAddress.OfVersion6(bytes, (ushort)remote.Port, (uint)remote.Address.ScopeId)
            : SocketPeerAddress.OfVersion4(MemoryMarshal.Read<uint>(bytes), (ushort)remote.Port);
    }

    private void Begin() => _accepting.Begin(Socket, static (socket, operation) => socket.AcceptAsync(operation));
}
