using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace QContinuum.Interop.Tests;

/// <summary>
/// Stands between a client and a server. It counts connections and requests, and can hold requests back until so many of them wait: a client
/// that sends one only after the answer to the one before would wait for ever.
/// </summary>
internal sealed class Relay : IDisposable
{
    private const int MaxFrameBytes = 64 * 1024 + 2;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _server;
    private readonly int _lengthAt;
    private readonly int _firstHeld;
    private readonly int _held;
    private int _connections;
    private int _requests;

    private Relay(int server, int lengthAt, int firstHeld, int held)
    {
        _server = server;
        _lengthAt = lengthAt;
        _firstHeld = firstHeld;
        _held = held;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref _connections);

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Relays Modbus; request <paramref name="firstHeld"/> and those after it go out once <paramref name="held"/> of them wait.</summary>
    public static Relay Modbus(int server, int firstHeld = 0, int held = 0) => new(server, lengthAt: 4, firstHeld, held);

    /// <summary>Relays DNS over TCP.</summary>
    public static Relay Dns(int server) => new(server, lengthAt: 0, 0, 0);

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _connections);
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient accepted = client;
        using var server = new TcpClient { NoDelay = true };
        accepted.NoDelay = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server);
            await Task.WhenAny(RequestsAsync(accepted.GetStream(), server.GetStream()), server.GetStream().CopyToAsync(accepted.GetStream()));
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // Either side has gone: so does the other, and the test sees it.
        }
    }

    private async Task RequestsAsync(NetworkStream client, NetworkStream server)
    {
        var waiting = new MemoryStream();
        byte[] frame = new byte[MaxFrameBytes];
        while (true)
        {
            int start = _lengthAt + sizeof(ushort);
            if (await client.ReadAtLeastAsync(frame.AsMemory(0, start), start, throwOnEndOfStream: false) < start)
            {
                return;
            }

            int length = start + BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(_lengthAt));
            await client.ReadExactlyAsync(frame.AsMemory(start, length - start));
            await waiting.WriteAsync(frame.AsMemory(0, length));

            int number = Interlocked.Increment(ref _requests);
            if (number < _firstHeld || number >= _firstHeld + _held - 1)
            {
                await server.WriteAsync(waiting.ToArray());
                waiting.SetLength(0);
            }
        }
    }
}
