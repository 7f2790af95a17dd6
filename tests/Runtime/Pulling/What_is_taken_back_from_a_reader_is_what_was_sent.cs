using System.Buffers;
using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Pulling;

/// <summary>The memory in which a reader was given frames is used by others as soon as it asks on, which it may do while they are taken back.</summary>
public sealed class What_is_taken_back_from_a_reader_is_what_was_sent
{
    private const int Count = 60;
    private const int Size = 1_000;

    private static readonly byte[] Batch = Frames.Join(Enumerable.Range(1, Count).Select(static i => Frames.Raw(BodyOf(i))));

    [Theory, EachTransport]
    public async Task Though_it_asks_on_at_that_moment(Transport transport)
    {
        Journal<int> handled = new();
        Script script = new() { OnRaw = (_, raw) => handled.Add(raw.Data.SequenceEqual(BodyOf(raw.Data[0])) ? raw.Data[0] : -1) };
        Processor next = script.Run(Threading.Inline);
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader>());
        Random random = new(7);
        for (int round = 0; round < 200; round++)
        {
            (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
            await client.SendAsync(Batch);
            await using IAsyncEnumerator<ReceivedFrame> reading = peer.ReadAllAsync().GetAsyncEnumerator();
            Assert.True(await reading.MoveNextAsync().Guarded());
            Task<bool> redirecting = Task.Run(() => peer.Redirect(next));
            Thread.SpinWait(random.Next(20_000));

            int read = 0;
            bool isMore;
            do
            {
                read++;
                Task<bool> more = reading.MoveNextAsync().AsTask();
                UseFreeMemory();
                isMore = await more.Guarded();
            }
            while (isMore);

            Assert.True(await redirecting.Guarded());
            Assert.Equal(Enumerable.Range(read + 1, Count - read), await handled.NextAsync(Count - read));
            client.Dispose();
        }
    }

    /// <summary>The same, one after the other.</summary>
    [Theory, EachTransport]
    public async Task Though_it_asks_on_before_that_is_handled(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader>());
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        await client.SendAsync(Frames.Join(Frames.Raw(BodyOf(1)), Frames.Raw(BodyOf(2))));
        IAsyncEnumerator<ReceivedFrame> reading = peer.ReadAllAsync().GetAsyncEnumerator();
        Assert.True(await reading.MoveNextAsync().Guarded());
        await Guard.UntilAsync(() => peer.Statistics.BytesReceived == 2 * (Size + Frames.HeaderSize));

        PartialFrame kept = default;
        Assert.True(peer.Reader!.TryTakeBack(ref kept, BlockPool.OfThread));
        Task<bool> more = reading.MoveNextAsync().AsTask();
        UseFreeMemory();

        Assert.Equal(Frames.Raw(BodyOf(2)), kept.Memory.ToArray());
        kept.Clear();
        client.FinishSending();
        Assert.False(await more.Guarded());
        await reading.DisposeAsync();
        client.Dispose();
    }

    private static byte[] BodyOf(int number) => [.. Enumerable.Repeat((byte)number, Size)];

    private static void UseFreeMemory()
    {
        foreach (int size in (int[])[2 * (Size + Frames.HeaderSize), Batch.Length])
        {
            byte[][] all = [.. Enumerable.Range(0, 4).Select(_ => ArrayPool<byte>.Shared.Rent(size))];
            foreach (byte[] one in all)
            {
                Array.Fill(one, byte.MaxValue);
                ArrayPool<byte>.Shared.Return(one);
            }
        }
    }
}
