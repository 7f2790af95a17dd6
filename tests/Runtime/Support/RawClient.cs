using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>The other side of a connection, as bare bytes: it knows nothing of headers, nor of what is under test.</summary>
internal sealed class RawClient(Wire wire) : IDisposable
{
    public RawClient(Socket socket)
        : this(new SocketWire(socket))
    {
    }

    /// <summary>The socket, where there is one.</summary>
    public Socket Socket => ((SocketWire)wire).Socket;

    public EndPoint LocalEndPoint => Socket.LocalEndPoint!;

    public static async Task<RawClient> ConnectAsync(EndPoint server, int receiveBuffer = 0)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
        {
            socket.ReceiveBufferSize = receiveBuffer;
        }

        await socket.ConnectAsync(server).Guarded();
        return new RawClient(socket);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await wire.SendAsync(bytes).Guarded()..];
        }
    }

    public async Task<byte[]> ReceiveAsync(int count)
    {
        byte[] bytes = new byte[count];
        int received = 0;
        while (received < count)
        {
            int read = await wire.ReceiveAsync(bytes.AsMemory(received)).Guarded();
            Assert.True(read > 0, $"the server closed after {received} of {count} bytes");
            received += read;
        }

        return bytes;
    }

    /// <summary>What there is, once there is something.</summary>
    /// <returns>0 after the server's FIN; a reset throws.</returns>
    public Task<int> ReceiveSomeAsync(Memory<byte> bytes) => wire.ReceiveAsync(bytes).Guarded();

    public async Task<(int Id, byte[] Body)> ReceiveFrameAsync()
    {
        byte[] header = await ReceiveAsync(Frames.HeaderSize);
        byte[] body = await ReceiveAsync(BinaryPrimitives.ReadInt32LittleEndian(header));
        return (BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4)), body);
    }

    /// <summary>Sends a frame and expects it back.</summary>
    public async Task ExpectEchoAsync(byte[] frame)
    {
        await SendAsync(frame);
        Assert.Equal(frame, await ReceiveAsync(frame.Length));
    }

    /// <summary>Whether the server answers with the same frame, and does not end the connection instead.</summary>
    public async Task<bool> IsServedAsync(byte[] frame)
    {
        try
        {
            await SendAsync(frame);
            byte[] back = new byte[frame.Length];
            int received = 0;
            while (received < back.Length)
            {
                int read = await wire.ReceiveAsync(back.AsMemory(received)).Guarded();
                if (read == 0)
                {
                    return false;
                }

                received += read;
            }

            Assert.Equal(frame, back);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Everything up to the server's FIN; a reset throws.</summary>
    public async Task<byte[]> ReceiveToEndAsync()
    {
        using var all = new MemoryStream();
        await ReceiveInto(all);
        return all.ToArray();
    }

    /// <summary>Everything up to the end of the connection, be it a FIN or a reset.</summary>
    public async Task<byte[]> EndedAsync()
    {
        using var all = new MemoryStream();
        try
        {
            await ReceiveInto(all);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
        }

        return all.ToArray();
    }

    public void FinishSending() => wire.FinishSending();

    /// <summary>Sends what there is room for now.</summary>
    public int TrySend(ReadOnlySpan<byte> bytes) => wire.TrySend(bytes);

    /// <summary>Ends the connection with a reset.</summary>
    public void Reset() => wire.Reset();

    public void Dispose() => wire.Dispose();

    private async Task ReceiveInto(MemoryStream all)
    {
        byte[] buffer = new byte[64 * 1024];
        while (await wire.ReceiveAsync(buffer).Guarded() is int read and > 0)
        {
            all.Write(buffer, 0, read);
        }
    }
}
