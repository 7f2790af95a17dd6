using System.Net.Sockets;

namespace QContinuum.Runtime.Tests.Support.Transports;

internal sealed class UnixLine : Line
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("qcontinuum");
    private readonly string _path;

    public UnixLine(PeerServer server)
    {
        _path = Path.Combine(_folder.FullName, "socket");
        server.ListenUnix(_path);
    }

    public override async Task<RawClient> ConnectAsync(int receiveBuffer)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_path)).Guarded();
        return new RawClient(socket);
    }

    public override Task<Peer> ConnectPeerAsync(Processor processor, PeerOptions? options, CancellationToken cancellationToken)
        => Peer.ConnectUnixAsync(_path, processor, options, cancellationToken);

    public override void Dispose()
    {
        _folder.Delete(recursive: true);
        base.Dispose();
    }
}
