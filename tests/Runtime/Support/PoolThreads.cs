using System.Net;
using System.Net.Sockets;
using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>The threads that tell a portable poller what is ready: they have no order, so that an answer to what was sent later proves nothing of what was sent before.</summary>
internal static class PoolThreads
{
    /// <summary>By then those that were ready to tell of something have had their turn.</summary>
    private const int Turns = 10;

    /// <summary>Completes when they have told of what was there before the call; at once where no poller needs them.</summary>
    public static async Task CatchUpAsync()
    {
        if (Pollers.Default != Pollers.Portable)
        {
            return;
        }

        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using Socket here = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await here.ConnectAsync(listener.LocalEndPoint!).Guarded();
        using Socket there = await listener.AcceptAsync().Guarded();
        byte[] one = new byte[1];
        for (int i = 0; i < Turns; i++)
        {
            Task<int> received = there.ReceiveAsync(one);
            await here.SendAsync(one).Guarded();
            await received.Guarded();
        }
    }
}
