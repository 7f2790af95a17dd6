using System.Net.Sockets;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Scale;

[Collection(nameof(Alone))]
public sealed class Nothing_is_allocated_for_a_message
{
    private const int WarmUp = 300;
    private const int Batches = 1000;

    private static readonly byte[] Batch = Frames.Join(Enumerable.Range(0, 50).Select(i => Frames.Join(
        Frames.Move(i, 1, 2), Frames.Blob(3, Frames.Pattern(i * 4, i)), Frames.Raw(Frames.Pattern(100, i)))));

    private static readonly int Messages = Batches * 150;

    [Theory, EachThreading]
    public async Task That_is_read_in_place(Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(new Script().Run(threading));
        Assert.InRange(AllocatedBy(server), 0, Messages);
    }

    [Theory, EachThreading]
    public async Task That_is_forwarded(Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(Forwarder.Run(threading));
        Assert.InRange(AllocatedBy(server), 0, Messages);
    }

    /// <summary>
    /// What the whole process allocates. The client's share is nothing: it blocks, uses the same buffers again, and leaves assertions that box
    /// alone. Less than a byte a message leaves room for a timer here and there, and for no object a message, a read or a write.
    /// </summary>
    private static long AllocatedBy(TestServer server)
    {
        // Connected synchronously: a socket that was ever used asynchronously allocates for each call.
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000 };
        client.Connect(server.EndPoint);
        byte[] answers = new byte[Batch.Length];
        Exchange(client, answers, WarmUp);

        long before = GC.GetTotalAllocatedBytes(precise: true);
        Exchange(client, answers, Batches);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static void Exchange(Socket client, byte[] answers, int batches)
    {
        for (int i = 0; i < batches; i++)
        {
            client.Send(Batch);
            for (int received = 0; received < answers.Length;)
            {
                int read = client.Receive(answers.AsSpan(received));
                received += read;
                if (read == 0)
                {
                    Assert.Fail("the server closed");
                }
            }

            if (!answers.AsSpan().SequenceEqual(Batch))
            {
                Assert.Fail("a wrong answer");
            }
        }
    }
}
