using System.Net;
using System.Net.Sockets;
using System.Text;

namespace QContinuum.Samples.Tests;

public sealed class Chat_outlives_its_server
{
    private const byte Hello = 1;
    private const byte Join = 2;
    private const byte Welcome = 100;
    private const byte Notice = 104;
    private const byte Members = 105;

    [Fact]
    public async Task And_says_that_it_is_gone()
    {
        using ChatServer server = await ChatServer.StartAsync();
        using Sample ada = await server.JoinAsync("ada");

        await server.Process.SignalAsync("TERM");
        Assert.Equal("* the server is shutting down", await ada.LineAsync());
        Assert.StartsWith("* the server is gone", await ada.LineAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (await server.Process.EndAsync()).Code);

        await ada.TypeAsync("/who");
        await ada.LineWithAsync("! not sent");
        await ada.TypeAsync("/quit");
        Assert.Equal(0, (await ada.EndAsync()).Code);
    }

    [Fact]
    public async Task And_comes_back_into_its_room()
    {
        using Socket listener = Listen();
        using Sample ada = Sample.Start("Chat", "join", "ada", "--server", $"{listener.LocalEndPoint}", "--room", "tea");
        using (Socket first = await AcceptAsync(listener))
        {
            Expect(first, Hello, Texts("ada"));
            Send(first, Welcome, Texts("ada"));
            Expect(first, Join, Texts("tea"));
            Send(first, Members, [0x93, .. Text("den"), 0x91, .. Text("ada"), 1]);
            await ada.LineWithAsync("* in den: ada");
        }

        await ada.LineWithAsync("* the server is gone");
        using Socket second = await AcceptAsync(listener);
        Expect(second, Hello, Texts("ada"));
        Send(second, Welcome, Texts("ada"));
        Expect(second, Join, Texts("den"));
    }

    [Fact]
    public async Task And_is_not_steered_by_a_hostile_one()
    {
        using Socket listener = Listen();
        using Sample ada = Sample.Start("Chat", "join", "ada", "--server", $"{listener.LocalEndPoint}");
        using Socket server = await AcceptAsync(listener);
        Send(server, Welcome, Texts("ada"));
        Send(server, Notice, Texts("lob\e]0;x\aby", "e\u009Bve", "is \e[31mred\n\u202E"));
        Assert.Equal("* lob]0;xby: eve is [31mred", await ada.LineWithAsync("eve"));
    }

    private static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }

    private static async Task<Socket> AcceptAsync(Socket listener)
    {
        Socket accepted = await listener.AcceptAsync().WaitAsync(TimeSpan.FromSeconds(60));
        accepted.ReceiveTimeout = 30_000;
        return accepted;
    }

    private static void Send(Socket socket, byte id, byte[] body) => socket.Send(EchoServer.Frame(id, body));

    private static void Expect(Socket socket, byte id, byte[] body)
    {
        byte[] expected = EchoServer.Frame(id, body);
        byte[] received = new byte[expected.Length];
        for (int length = 0; length < received.Length;)
        {
            int read = socket.Receive(received.AsSpan(length));
            Assert.NotEqual(0, read);
            length += read;
        }

        Assert.Equal(expected, received);
    }

    /// <summary>A MessagePack array of short strings.</summary>
    private static byte[] Texts(params string[] texts) => [(byte)(0x90 | texts.Length), .. texts.SelectMany(Text)];

    private static byte[] Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(0xA0 | bytes.Length), .. bytes];
    }
}
