using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Interleavings.Tests.Support;
using QContinuum.Loops;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

public sealed class Who_has_too_much_is_read_again(ITestOutputHelper output)
{
    private const int RunLength = 100;

    /// <summary>After each run the loop waits for the pump.</summary>
    private readonly Explorer _each = new(run => Full(run, runs: 2, mostHanded: RunLength));

    /// <summary>After each second run.</summary>
    private readonly Explorer _pairs = new(run => Full(run, runs: 3, mostHanded: 2 * RunLength));

    [Fact]
    public void Once_its_pump_has_caught_up() => _each.Holds(output);

    [Fact]
    public void Also_where_the_pump_takes_what_came_before() => _pairs.Holds(output);

    [Theory]
    [InlineData("Peer", "IsPumpFull", "Exchange")]
    [InlineData("Peer", "Consumed", "Add")]
    public void Were_one_of_the_operations_no_fence_it_might_not_be(string type, string member, string operation)
        => _each.Finds(new Weakness(type, member, operation), output);

    [Fact]
    public void Were_it_not_counted_atomically_it_might_not_be() => _pairs.Finds(new Weakness("Peer", "OnReceived", "Add"), output);

    private static void Full(Run run, int runs, int mostHanded)
    {
        TakingProcessor processor = new();
        TalkingConnection? connection = null;
        run.Thread("uses", () => processor.Attach(static _ => { }));
        EventLoop loop = run.PlainLoop();
        PeerOptions options = new()
        {
            HighWatermark = mostHanded,
            LowWatermark = RunLength,
            MessageTimeout = Timeout.InfiniteTimeSpan,
            Log = static _ => { },
        };
        Peer peer = run.Peer(
            loop, processor, options, (loop, peer, options) => connection = new TalkingConnection(loop, peer, options, runs, RunLength));
        run.Ending(() =>
        {
            loop.Stop();
            processor.Detach();
        });
        run.AtRest(() =>
        {
            Assert.Equal(0, connection!.Left);
            Assert.Equal(runs * RunLength, processor.Taken);
            Assert.Equal(0, (int)Inner.Of(peer, "_handed"));
        });
    }

    private sealed class TakingProcessor : Processor
    {
        internal int Taken { get; private set; }

        protected override Threading DispatchThreading => Threading.Queued;

        protected override HeaderCodec DispatchHeader => null!;

        protected override void DispatchOpened(Peer peer)
        {
        }

        protected override int DispatchReceived(Peer peer, ReadOnlyMemory<byte> received)
        {
            Taken += received.Length;
            return received.Length;
        }

        protected override void DispatchClosed(Peer peer, CloseReason reason)
        {
        }
    }
}
