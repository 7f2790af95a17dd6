using System.Net;
using System.Net.Sockets;

namespace QContinuum.Soak.Tests.Load;

/// <summary>
/// A connection of bare bytes. What the server must not do throws <see cref="InvalidDataException"/> or <see cref="SocketException"/>.
/// </summary>
internal sealed class Wire : IDisposable
{
    private const int ReadSize = 64 * 1024;

    /// <summary>For what nobody looks at: any number of connections may read into it at once.</summary>
    private static readonly byte[] Waste = new byte[ReadSize];

    private readonly Socket _socket;
    private readonly Counters _counters;
    private bool _isDisposed;

    private Wire(Socket socket, Counters counters)
    {
        _socket = socket;
        _counters = counters;
        counters.Came();
    }

    /// <param name="port">The server's.</param>
    /// <param name="counters">Where it is counted while it is there.</param>
    /// <param name="buffers">What the kernel keeps in either direction, in bytes; 0 for what it thinks best.</param>
    public static async Task<Wire> ConnectAsync(int port, Counters counters, int buffers = 0)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (buffers > 0)
            {
                socket.ReceiveBufferSize = socket.SendBufferSize = buffers;
            }

            await socket.ConnectAsync(IPAddress.Loopback, port);
            return new Wire(socket, counters);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket.SendAsync(bytes)..];
        }
    }

    /// <summary>Sends as much as there is room for.</summary>
    /// <returns>How many bytes that was.</returns>
    public int TrySend(ReadOnlySpan<byte> bytes)
    {
        _socket.Blocking = false;
        return Math.Max(0, _socket.Send(bytes, SocketFlags.None, out _));
    }

    /// <summary>Receives just these bytes.</summary>
    public async Task ExpectAsync(ReadOnlyMemory<byte> expected)
    {
        byte[] buffer = new byte[Math.Min(expected.Length, ReadSize)];
        while (expected.Length > 0)
        {
            int read = await _socket.ReceiveAsync(buffer.AsMemory(0, Math.Min(expected.Length, buffer.Length)));
            if (read == 0)
            {
                throw new InvalidDataException($"the server ended the connection, {expected.Length} bytes before the end of its answer");
            }

            if (!buffer.AsSpan(0, read).SequenceEqual(expected.Span[..read]))
            {
                throw new InvalidDataException("an answer is not what was sent");
            }

            expected = expected[read..];
        }
    }

    /// <summary>Receives the server's FIN and nothing else.</summary>
    public async Task ExpectEndAsync()
    {
        if (await _socket.ReceiveAsync(new byte[1].AsMemory()) > 0)
        {
            throw new InvalidDataException("the server sent more than its answers");
        }
    }

    /// <summary>Waits for the end of the connection, be it a FIN or a reset.</summary>
    public async Task EndedAsync(CancellationToken over)
    {
        try
        {
            while (await _socket.ReceiveAsync(Waste, over) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    public void FinishSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends the connection without a FIN.</summary>
    public void Reset() => _socket.LingerState = new LingerOption(true, 0);

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _socket.Dispose();
            _counters.Went();
        }
    }
}
