using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace QContinuum.Samples.Tests;

/// <summary>A running Echo, and bare sockets to talk to it.</summary>
internal sealed partial class EchoServer : IAsyncDisposable
{
    private EchoServer(Sample process, int port)
    {
        Process = process;
        Port = port;
    }

    public Sample Process { get; }

    public int Port { get; }

    public static Task<EchoServer> StartAsync() => ReadyAsync(Sample.Start("Echo", "--port", "0", "--loops", "2"));

    public static Task<EchoServer> StartLimitedAsync(int descriptors)
        => ReadyAsync(Sample.StartLimited(descriptors, "Echo", "--port", "0", "--loops", "2"));

    /// <param name="poller">What it is to wait with, which it says first.</param>
    public static async Task<EchoServer> StartWithAsync(string poller)
    {
        Sample echo = Sample.Start("Echo", "--port", "0", "--loops", "2", "--poller", poller);
        Assert.Equal($"poller {poller}", await echo.LineAsync());
        return await ReadyAsync(echo);
    }

    private static async Task<EchoServer> ReadyAsync(Sample echo)
    {
        string? line = await echo.LineAsync();
        Match match = Ready().Match(line ?? "");
        Assert.True(match.Success, $"Echo said '{line}'");
        return new EchoServer(echo, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    public Socket Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000, SendTimeout = 30_000 };
        socket.Connect(IPAddress.Loopback, Port);
        return socket;
    }

    public static byte[] Frame(int id, byte[] body)
    {
        byte[] frame = new byte[8 + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body.Length);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), id);
        body.CopyTo(frame, 8);
        return frame;
    }

    public static void ExpectEcho(Socket socket, byte[] frame)
    {
        byte[] answer = new byte[frame.Length];
        socket.Send(frame);
        for (int received = 0; received < answer.Length;)
        {
            int read = socket.Receive(answer.AsSpan(received));
            Assert.NotEqual(0, read);
            received += read;
        }

        Assert.Equal(frame, answer);
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    [GeneratedRegex(@"^listening on 127\.0\.0\.1:([1-9][0-9]*)$")]
    private static partial Regex Ready();
}
