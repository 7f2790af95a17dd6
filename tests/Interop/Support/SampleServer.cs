using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using QContinuum.Samples.Tests;

namespace QContinuum.Interop.Tests;

/// <summary>A sample that serves, and bare sockets to talk to it.</summary>
internal sealed partial class SampleServer : IAsyncDisposable
{
    private SampleServer(Sample process, int port)
    {
        Process = process;
        Port = port;
    }

    public Sample Process { get; }

    public int Port { get; }

    public static async Task<SampleServer> StartAsync(string name)
    {
        Sample sample = Sample.Start(name, "--port", "0");
        string? line = await sample.LineAsync();
        Match match = Ready().Match(line ?? "");
        Assert.True(match.Success, $"{name} said '{line}'");
        return new SampleServer(sample, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    public Socket Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = 30_000,
            SendTimeout = 30_000,
        };
        socket.Connect(IPAddress.Loopback, Port);
        return socket;
    }

    /// <summary>Sends bytes, and expects these and no other.</summary>
    public static void Exchange(Socket socket, string sent, string expected)
    {
        socket.Send(Bytes(sent));
        byte[] answer = new byte[Bytes(expected).Length];
        for (int received = 0; received < answer.Length;)
        {
            int read = socket.Receive(answer.AsSpan(received));
            Assert.True(read != 0, $"the connection ended after {Convert.ToHexString(answer.AsSpan(0, received))}");
            received += read;
        }

        Assert.Equal(Convert.ToHexString(Bytes(expected)), Convert.ToHexString(answer));
        Assert.Equal(0, socket.Available);
    }

    /// <summary>Whether the server ends the connection without another byte.</summary>
    public static bool Ends(Socket socket)
    {
        try
        {
            return socket.Receive(new byte[100]) == 0;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    [GeneratedRegex(@"^listening on 127\.0\.0\.1:([1-9][0-9]*)$")]
    private static partial Regex Ready();
}
