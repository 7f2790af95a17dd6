using System.Net;
using System.Net.Sockets;

namespace QContinuum.Attacks.Tests.Support;

/// <summary>A client of bare bytes, good or bad.</summary>
internal sealed class Client : IDisposable
{
    private int _exchanges;

    private Client(Socket socket) => Socket = socket;

    public Socket Socket { get; }

    /// <param name="port">The server's.</param>
    /// <param name="receiveBuffer">What the kernel keeps for a client that does not read, in bytes; 0 for what it thinks best.</param>
    public static async Task<Client> ConnectAsync(int port, int receiveBuffer = 0)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
        {
            socket.ReceiveBufferSize = receiveBuffer;
        }

        await socket.ConnectAsync(IPAddress.Loopback, port).Guarded();
        return new Client(socket);
    }

    /// <summary>Sends a message of another length each time, and expects it back.</summary>
    public Task ExchangeAsync()
    {
        _exchanges++;
        return ExchangeAsync(Frames.Echo(_exchanges, _exchanges * 331 % 5000));
    }

    public async Task ExchangeAsync(byte[] frame)
    {
        await SendAsync(frame);
        Assert.Equal(frame, await ReceiveAsync(frame.Length));
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await Socket.SendAsync(bytes).Guarded()..];
        }
    }

    /// <summary>Sends what a server may have good reason to refuse.</summary>
    /// <returns>Whether the server has not ended the connection.</returns>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await SendAsync(bytes);
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            return false;
        }
    }

    /// <summary>Sends what there is room for now.</summary>
    /// <returns>How many bytes that was.</returns>
    public int TrySend(ReadOnlySpan<byte> bytes)
    {
        if (!Socket.Poll(TimeSpan.Zero, SelectMode.SelectWrite))
        {
            return 0;
        }

        Socket.Blocking = false;
        int sent = Socket.Send(bytes, SocketFlags.None, out SocketError error);
        Assert.True(error is SocketError.Success or SocketError.WouldBlock, $"the server ended the connection: {error}");
        return sent;
    }

    public async Task<byte[]> ReceiveAsync(int count)
    {
        byte[] bytes = new byte[count];
        for (int received = 0; received < count;)
        {
            int read = await Socket.ReceiveAsync(bytes.AsMemory(received)).Guarded();
            Assert.True(read > 0, $"the server ended the connection after {received} of {count} bytes");
            received += read;
        }

        return bytes;
    }

    /// <summary>Everything up to the server's FIN; a reset throws.</summary>
    public async Task<byte[]> ReceiveToEndAsync()
    {
        using MemoryStream all = new();
        byte[] buffer = new byte[64 * 1024];
        while (await Socket.ReceiveAsync(buffer.AsMemory()).Guarded() is > 0 and var read)
        {
            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }

    /// <summary>Waits for the end of the connection, be it a FIN or a reset.</summary>
    public async Task EndedAsync()
    {
        try
        {
            await ReceiveToEndAsync();
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
        }
    }

    /// <summary>Ends the connection without a FIN.</summary>
    public void Reset()
    {
        Socket.LingerState = new LingerOption(true, 0);
        Socket.Dispose();
    }

    public void Dispose() => Socket.Dispose();
}
