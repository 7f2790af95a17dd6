using QContinuum.Runtime.Tests.Support.Kqueue;

namespace QContinuum.Runtime.Tests.Support.Transports;

/// <summary>Where a server under test listens: one more transport is one more class here, and every behaviour runs over it.</summary>
internal abstract class Line : IDisposable
{
    public static Line Listen(Transport transport, PeerServer server) => transport switch
    {
        Transport.Tcp => new TcpLine(server.ListenTcp("127.0.0.1:0").EndPoint, null),
        Transport.TcpOnKqueue => new TcpLine(server.ListenTcp("127.0.0.1:0").EndPoint, KqueuePollers.MacOS),
        Transport.Unix => new UnixLine(server),
        Transport.Memory => new MemoryLine(server.ListenMemory()),
        _ => throw new ArgumentOutOfRangeException(nameof(transport)),
    };

    /// <summary>A client of mere bytes; with a small receive buffer it is soon full, where the transport has one.</summary>
    public abstract Task<RawClient> ConnectAsync(int receiveBuffer);

    /// <summary>A client of the library.</summary>
    public abstract Task<Peer> ConnectPeerAsync(Processor processor, PeerOptions? options, CancellationToken cancellationToken);

    public virtual void Dispose()
    {
    }
}
