using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Scale;

public sealed class An_idle_peer_costs_two_small_objects
{
    private const int WarmUp = 300;
    private const int Peers = 2500;

    /// <summary>What a peer, its connection and its slot take on a machine of 64 bits, and nothing besides: what is more costs every idle peer.</summary>
    private const int MostBytesAPeer = 400;

    /// <summary>What is made once among so many: a list that grows, a look at the memory of all.</summary>
    private const int MostBytesOnce = 16 * 1024;

    /// <summary>
    /// What the loop's own thread allocates between the answers to two peers: it accepts, reads, dispatches and answers. It is the same in every run, whatever other
    /// threads do, and no collection hides what was only for a moment.
    /// </summary>
    [OnLinux]
    public async Task Once_it_was_accepted_and_answered()
    {
        long[] allocated = new long[WarmUp + Peers];
        int answered = 0;
        await using TestServer server = await TestServer.StartAsync(
            new AllocationEcho(bytes => allocated[answered++] = bytes), new PeerServerOptions { Loops = 1, Pollers = Pollers.Epoll });
        List<Socket> clients = [];
        byte[] frame = Frames.Raw(1, 2, 3);
        byte[] answer = new byte[frame.Length];
        for (int i = 0; i < allocated.Length; i++)
        {
            Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000 };
            clients.Add(client);
            client.Connect(server.EndPoint);
            client.Send(frame);
            for (int received = 0; received < answer.Length;)
            {
                int read = client.Receive(answer.AsSpan(received));
                Assert.True(read > 0, "the server closed");
                received += read;
            }
        }

        Assert.Equal(allocated.Length, server.Server.PeerCount);
        Assert.InRange(allocated[^1] - allocated[WarmUp - 1], Peers, (Peers * MostBytesAPeer) + MostBytesOnce);
        clients.ForEach(static client => client.Dispose());
    }
}

/// <summary>Answers what it gets, and says what its thread has allocated so far.</summary>
[Processor(Threading.Inline)]
public sealed partial class AllocationEcho(Action<long> allocated)
{
    [Handles]
    private void On(Peer peer, Raw raw)
    {
        peer.Send(raw);
        allocated(GC.GetAllocatedBytesForCurrentThread());
    }
}
