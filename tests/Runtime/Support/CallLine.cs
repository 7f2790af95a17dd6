using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>One connection to a server, both of its ends: a peer, and a bare socket that speaks a header which begins with its length, big-endian.</summary>
internal sealed class CallLine : IAsyncDisposable
{
    private readonly int _headerSize;

    private CallLine(TestServer server, RawClient client, Peer peer, int headerSize)
    {
        Server = server;
        Client = client;
        Peer = peer;
        _headerSize = headerSize;
    }

    public TestServer Server { get; }

    public RawClient Client { get; }

    public Peer Peer { get; }

    public static Task<CallLine> OpenAsync(CallScript script, Threading threading, PeerOptions? options = null)
        => OpenAsync(Transport.Tcp, script, threading, options);

    public static Task<CallLine> OpenAsync(Transport transport, CallScript script, Threading threading, PeerOptions? options = null, TimeProvider? clock = null)
        => OpenAsync(transport, script.Run(threading), script.Peers, CallFrames.HeaderSize, options, clock);

    public static Task<CallLine> OpenAsync(Processor processor, Journal<Peer> peers, int headerSize, PeerOptions? options = null)
        => OpenAsync(Transport.Tcp, processor, peers, headerSize, options);

    public static async Task<CallLine> OpenAsync(
        Transport transport, Processor processor, Journal<Peer> peers, int headerSize, PeerOptions? options = null, TimeProvider? clock = null)
    {
        PeerServerOptions settings = new() { Loops = 1, TimeProvider = clock ?? TimeProvider.System, Peers = options ?? new PeerOptions() };
        TestServer server = await TestServer.StartAsync(transport, processor, settings);
        RawClient client = await server.ConnectAsync();
        return new CallLine(server, client, await peers.NextAsync(), headerSize);
    }

    public Task SendAsync(params byte[][] frames) => Client.SendAsync(Frames.Join(frames));

    /// <summary>The next frame that the peer sent.</summary>
    public async Task<byte[]> ReceiveAsync()
    {
        byte[] header = await Client.ReceiveAsync(_headerSize);
        return [.. header, .. await Client.ReceiveAsync((header[0] << 8) | header[1])];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
