using System.Buffers.Binary;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Sending;

public sealed class Sends_from_many_threads_stay_whole_and_in_order
{
    private const int Threads = 8;
    private const int Messages = 2000;

    [Theory, EachLine]
    public async Task To_one_peer(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();

        Thread[] senders = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() => Send(peer, number)))];
        Array.ForEach(senders, thread => thread.Start());

        int[] next = new int[Threads];
        for (int i = 0; i < Threads * Messages; i++)
        {
            (int id, byte[] body) = await client.ReceiveFrameAsync();
            Assert.Equal(2, id);
            int sender = BinaryPrimitives.ReadInt32LittleEndian(body);
            Assert.InRange(sender, 0, Threads - 1);
            Assert.Equal(Pattern(sender, next[sender]++), body[4..]);
        }

        Assert.All(next, count => Assert.Equal(Messages, count));
    }

    /// <summary>Handlers send at the same time: what they send keeps its own order, and no frame is torn.</summary>
    [Theory, EachLine]
    public async Task While_handlers_send_too(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();

        var sender = new Thread(() => Send(peer, number: 0));
        sender.Start();
        Task asking = client.SendAsync(Frames.Join(Enumerable.Range(0, Messages).Select(i => Frames.Ask(i))));

        int blobs = 0;
        int asks = 0;
        while (blobs < Messages || asks < Messages)
        {
            (int id, byte[] body) = await client.ReceiveFrameAsync();
            if (id == 2)
            {
                Assert.Equal(Pattern(0, blobs++), body[4..]);
            }
            else
            {
                Assert.Equal(asks++, BinaryPrimitives.ReadInt64LittleEndian(body));
            }
        }

        await asking;
    }

    /// <summary>A message that is refused is missing at the other side, and fails the test there.</summary>
    private static void Send(Peer peer, int number)
    {
        for (int i = 0; i < Messages; i++)
        {
            peer.Send(new Blob((uint)number, Pattern(number, i)));
        }
    }

    /// <summary>Its number first, then up to some 200 bytes that no other frame has.</summary>
    private static byte[] Pattern(int sender, int number)
        => [.. BitConverter.GetBytes(number), .. Enumerable.Range(0, (number * 7) % 200).Select(i => (byte)(sender + number + i))];
}
