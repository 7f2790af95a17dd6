using System.Net.Sockets;

namespace QContinuum.Samples.Tests;

public sealed class Echo_answers_every_message_with_itself
{
    [Fact]
    public async Task Whatever_its_id_and_length()
    {
        await using EchoServer echo = await EchoServer.StartAsync();
        using Socket client = echo.Connect();

        foreach (int length in (int[])[0, 1, 8, 32, 1000, 60_000, 1024 * 1024])
        {
            EchoServer.ExpectEcho(client, EchoServer.Frame(1, Body(length)));
            EchoServer.ExpectEcho(client, EchoServer.Frame(77, Body(length)));
        }

        EchoServer.ExpectEcho(client, EchoServer.Frame(2, Body(32)));
        EchoServer.ExpectEcho(client, EchoServer.Frame(-1, Body(5)));
        EchoServer.ExpectEcho(client, EchoServer.Frame(0, Body(5)));
    }

    [Theory]
    [InlineData("epoll")]
    [InlineData("portable")]
    public async Task With_the_poller_that_was_asked_for(string poller)
    {
        await using EchoServer echo = await EchoServer.StartWithAsync(poller);
        using Socket client = echo.Connect();

        EchoServer.ExpectEcho(client, EchoServer.Frame(1, Body(60_000)));
        EchoServer.ExpectEcho(client, EchoServer.Frame(2, Body(32)));
    }

    [Fact]
    public async Task And_ends_a_client_that_sends_garbage_and_no_other()
    {
        await using EchoServer echo = await EchoServer.StartAsync();
        using Socket good = echo.Connect();
        EchoServer.ExpectEcho(good, EchoServer.Frame(1, Body(10)));

        byte[][] garbage = [[.. Enumerable.Repeat((byte)0xFF, 100)], EchoServer.Frame(2, Body(31)), [0, 0, 0, 0x7F, 1, 0, 0, 0]];
        foreach (byte[] bytes in garbage)
        {
            using Socket bad = echo.Connect();
            bad.Send(bytes);
            Assert.Equal(0, ReceiveEnd(bad));
            EchoServer.ExpectEcho(good, EchoServer.Frame(2, Body(32)));
        }
    }

    private static int ReceiveEnd(Socket socket)
    {
        try
        {
            return socket.Receive(new byte[100]);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return 0;
        }
    }

    private static byte[] Body(int length)
    {
        byte[] body = new byte[length];
        new Random(length).NextBytes(body);
        return body;
    }
}
