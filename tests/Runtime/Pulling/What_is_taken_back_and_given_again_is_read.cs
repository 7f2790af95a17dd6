using QContinuum.Buffers;
using QContinuum.Pulling;
using QContinuum.Runtime.Tests.Requests;
using QContinuum.Runtime.Tests.Support;
using Event = QContinuum.Runtime.Tests.Requests.Event;
using Line = QContinuum.Runtime.Tests.Requests.Line;

namespace QContinuum.Runtime.Tests.Pulling;

/// <summary>
/// What a lane does where a redirect comes to nothing after its reader was asked to give back: of two at once, one may find that the move to where it said has been made. Then the
/// same frames are given again.
/// </summary>
public sealed class What_is_taken_back_and_given_again_is_read
{
    /// <summary>The reader asks on meanwhile.</summary>
    [Fact]
    public async Task Once_and_in_order()
    {
        const int Rounds = 10_000;
        PeerServerOptions patient = new() { Loops = 1, Peers = new PeerOptions { FirstMessageTimeout = Timeout.InfiniteTimeSpan } };
        await using TestServer server = await TestServer.StartAsync(new PullProcessor<DeviceHeader>(), patient);
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        PullReader reader = peer.Reader!;
        int read = 0;
        Task reading = Task.Run(async () =>
        {
            await foreach (ReceivedFrame frame in peer.ReadAllAsync())
            {
                Assert.True(frame.TryRead(out Event happened));
                Assert.Equal((byte)read, happened.Number);
                read++;
            }
        });
        OwnThread.Run(() =>
        {
            PartialFrame kept = default;
            for (int i = 0; i < Rounds && !reading.IsCompleted; i++)
            {
                Task given = reader.GiveFrames(Line.Occur((byte)i)).AsTask();
                for (int again = 0; again < 20; again++)
                {
                    Thread.SpinWait(again);
                    Assert.True(reader.TryTakeBack(ref kept, BlockPool.OfThread));
                    if (kept.IsEmpty)
                    {
                        break;
                    }

                    given = reader.GiveFrames(kept.Memory.Span).AsTask();
                    kept.Clear();
                }

                Assert.True(given.Wait(Guard.Patience));
                Assert.True(SpinWait.SpinUntil(() => reader.Held == 0 || reading.IsCompleted, Guard.Patience));
            }

            reader.End(CloseReason.Remote);
        });
        await reading.Guarded();
        Assert.Equal(Rounds, read);
        client.Dispose();
    }

    [Fact]
    public async Task And_counted_once()
    {
        const int Rounds = 10_000;
        await using TestServer server = await TestServer.StartAsync(new PullProcessor<DeviceHeader>());
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        PullReader reader = peer.Reader!;
        OwnThread.Run(() =>
        {
            long before = BlockPool.HeldBytesOfAll;
            PartialFrame kept = default;
            byte[] frame = new byte[60_000];
            for (int i = 0; i < Rounds; i++)
            {
                _ = reader.GiveFrames(frame).AsTask();
                Assert.True(reader.TryTakeBack(ref kept, BlockPool.OfThread));
                kept.Clear();
            }

            // Others take memory meanwhile, but not so much.
            Assert.InRange(BlockPool.HeldBytesOfAll - before, long.MinValue, Rounds * 60_000L / 2);
        });
        client.Dispose();
    }

    /// <summary>A frame that is being read was not taken back: its bytes stay where they are.</summary>
    [Fact]
    public async Task And_what_is_being_read_stays()
    {
        await using TestServer server = await TestServer.StartAsync(new PullProcessor<DeviceHeader>());
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        PullReader reader = peer.Reader!;
        PartialFrame kept = default;
        await using IAsyncEnumerator<ReceivedFrame> reading = peer.ReadAllAsync().GetAsyncEnumerator();
        _ = reader.GiveFrames(Frames.Join(Line.Occur(1), Line.Occur(2))).AsTask();
        Assert.True(await reading.MoveNextAsync().Guarded());
        ReceivedFrame first = reading.Current;
        Assert.True(reader.TryTakeBack(ref kept, BlockPool.OfThread));
        _ = reader.GiveFrames(kept.Memory.Span).AsTask();
        kept.Clear();
        _ = reader.GiveFrames(Line.Occur(3)).AsTask();

        Assert.True(first.TryRead(out Event happened));
        Assert.Equal(1, happened.Number);
        client.Dispose();
    }
}
