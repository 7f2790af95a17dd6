using System.Net.Sockets;

namespace QContinuum.Samples.Tests;

public sealed class Echo_outlives_more_clients_than_descriptors
{
    private const int Descriptors = 200;
    private const int Clients = 2 * Descriptors;

    [Fact]
    public async Task Those_within_are_served_and_the_others_wait_their_turn()
    {
        await using EchoServer echo = await EchoServer.StartLimitedAsync(Descriptors);
        byte[] frame = EchoServer.Frame(1, [1, 2, 3, 4]);
        using Socket first = echo.Connect();
        EchoServer.ExpectEcho(first, frame);
        Stack<Socket> crowd = [];
        for (int i = 0; i < Clients; i++)
        {
            crowd.Push(echo.Connect());
        }

        EchoServer.ExpectEcho(first, frame);
        Socket last = crowd.Pop();
        last.Send(frame);
        Assert.Equal(0, last.Available);
        foreach (Socket other in crowd)
        {
            other.Dispose();
        }

        byte[] answer = new byte[frame.Length];
        Assert.Equal(answer.Length, last.Receive(answer, SocketFlags.None));
        Assert.Equal(frame, answer);
        last.Dispose();
        EchoServer.ExpectEcho(first, frame);
        await echo.Process.SignalAsync("TERM");
        (int code, _, string error) = await echo.Process.EndAsync();
        Assert.Equal(0, code);
        Assert.Contains("MaxPeers", error, StringComparison.Ordinal);
    }
}
