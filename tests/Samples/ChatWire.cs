using System.Net;
using System.Net.Sockets;
using System.Text;

namespace QContinuum.Samples.Tests;

/// <summary>The messages of the chat on a bare socket, for a server or a client that behaves in a way of its own.</summary>
internal static class ChatWire
{
    public const byte Hello = 1;
    public const byte Join = 2;
    public const byte Say = 4;
    public const byte Ping = 9;
    public const byte Welcome = 100;
    public const byte Refused = 101;
    public const byte Notice = 104;
    public const byte Members = 105;
    public const byte Goodbye = 107;
    public const byte Pong = 108;
    public const byte Knock = 109;

    /// <summary>The body of a message without any content.</summary>
    public static readonly byte[] Nothing = [0x90];

    /// <summary>The answer to Join.</summary>
    public static byte[] MembersOf(string room, string nick) => [0x93, .. Text(room), 0x91, .. Text(nick), 1];

    /// <summary>A client of a server on this machine.</summary>
    public static Socket Connect(string endpoint)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 30_000 };
        socket.Connect(IPEndPoint.Parse(endpoint));
        return socket;
    }

    /// <summary>The next message, whatever it is.</summary>
    public static (int Id, byte[] Body) Receive(Socket socket)
    {
        byte[] header = Receive(socket, 8);
        return (BitConverter.ToInt32(header, 4), Receive(socket, BitConverter.ToInt32(header, 0)));
    }

    public static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }

    public static async Task<Socket> AcceptAsync(Socket listener)
    {
        Socket accepted = await listener.AcceptAsync().WaitAsync(TimeSpan.FromSeconds(60));
        accepted.ReceiveTimeout = 30_000;
        return accepted;
    }

    public static void Send(Socket socket, byte id, byte[] body) => socket.Send(EchoServer.Frame(id, body));

    public static void Expect(Socket socket, byte id, byte[] body)
    {
        byte[] expected = EchoServer.Frame(id, body);
        Assert.Equal(expected, Receive(socket, expected.Length));
    }

    /// <summary>A MessagePack array of short strings.</summary>
    public static byte[] Texts(params string[] texts) => [(byte)(0x90 | texts.Length), .. texts.SelectMany(Text)];

    public static byte[] Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(0xA0 | bytes.Length), .. bytes];
    }

    private static byte[] Receive(Socket socket, int length)
    {
        byte[] received = new byte[length];
        for (int so = 0; so < length;)
        {
            int read = socket.Receive(received.AsSpan(so));
            Assert.NotEqual(0, read);
            so += read;
        }

        return received;
    }
}
