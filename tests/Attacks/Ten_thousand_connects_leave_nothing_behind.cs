using System.Net;
using System.Net.Sockets;
using QContinuum.Attacks.Tests.Support;

namespace QContinuum.Attacks.Tests;

[Collection(nameof(Heavy))]
public sealed class Ten_thousand_connects_leave_nothing_behind
{
    private const int Connects = 10_000;
    private const int Threads = 4;

    /// <summary>The objects of a peer that holds nothing, as the server's budget counts them.</summary>
    private const int PeerBytes = 1024;

    [Theory, EachServer]
    public async Task Whether_they_end_at_once_or_reset_or_begin_a_message(string server)
    {
        await using Siege siege = await Siege.BeginAsync(server);

        await siege.EndureAsync(() => Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (int i = thread; i < Connects; i += Threads)
            {
                Connect(siege.Port, i / Threads);
            }
        }))));

        // Had none of them left before the last came.
        siege.ExpectMemoryWithin(Connects * PeerBytes);
        await siege.EndAsync();
    }

    private static void Connect(int port, int number)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, port);
        if (number % 4 == 1)
        {
            socket.Send(Frames.Header(100).AsSpan(0, 3));
        }

        // Of those that end in order the port rests for a minute: not of too many.
        if (number % 4 != 0)
        {
            socket.LingerState = new LingerOption(true, 0);
        }
    }
}
