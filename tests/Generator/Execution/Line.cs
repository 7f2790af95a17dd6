using System.Net.Sockets;

namespace QContinuum.Generator.Tests.Execution;

/// <summary>A server of one processor, and a bare socket that speaks to it byte by byte.</summary>
internal sealed class Line : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly PeerServer _server;
    private readonly TcpClient _client = new();
    private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Line(Processor processor)
        => _server = new PeerServer(processor, new PeerServerOptions { Peers = new PeerOptions { Log = line => _closed.TrySetResult(line) } });

    public static async Task<Line> OpenAsync(Processor processor)
    {
        var line = new Line(processor);
        Listener listener = line._server.ListenTcp("127.0.0.1:0");
        await line._server.StartAsync();
        await line._client.ConnectAsync(listener.EndPoint);
        return line;
    }

    public Task SendAsync(string hexadecimal) => _client.GetStream().WriteAsync(Frames.Bytes(hexadecimal)).AsTask();

    /// <summary>Fails unless exactly these bytes come next.</summary>
    public async Task ExpectAsync(string hexadecimal)
    {
        byte[] expected = Frames.Bytes(hexadecimal);
        byte[] received = new byte[expected.Length];
        await _client.GetStream().ReadExactlyAsync(received).AsTask().WaitAsync(Patience);
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(received));
    }

    /// <summary>Sends, in one piece and then byte by byte, and expects the same both times.</summary>
    public async Task AskAsync(string sent, string expected)
    {
        await SendAsync(sent);
        await ExpectAsync(expected);
        foreach (byte one in Frames.Bytes(sent))
        {
            await _client.GetStream().WriteAsync(new[] { one });
        }

        await ExpectAsync(expected);
    }

    /// <summary>What the log said of the peer's end.</summary>
    public Task<string> ClosedAsync() => _closed.Task.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }
}
