using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Interleavings.Tests.Support;
using QContinuum.Loops;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

/// <summary>The lane lowers its flag at the end of an asynchronous handler, while another thread raises one in the same word.</summary>
public sealed class A_held_lane_loses_no_flag(ITestOutputHelper output)
{
    private const int Runs = 2;
    private const int RunLength = 4;

    private readonly Explorer _closed = new(Closed);
    private readonly Explorer _redirected = new(Redirected, mostSwitches: 1);

    [Fact]
    public void Who_is_closed_handles_nothing_more() => _closed.Holds(output);

    [Fact]
    public void Who_is_redirected_goes_and_loses_no_message() => _redirected.Holds(output);

    [Fact]
    public void Were_the_flag_not_lowered_atomically_messages_might_follow_the_end()
        => _closed.Finds(new Weakness("Peer", "ReleaseLane", "And"), output);

    [Fact]
    public void Were_the_flag_not_lowered_atomically_it_might_stay()
        => _redirected.Finds(new Weakness("Peer", "ReleaseLane", "And"), output);

    private static void Closed(Run run)
    {
        ByteProcessor processor = new();
        Peer peer = Held(run, processor);
        run.Thread("closes", peer.Abort);
        run.AtRest(() =>
        {
            Assert.True(peer.IsFinished, "its end was not told");

            // One may be begun already: its lane has looked, and the end comes then.
            Assert.InRange(processor.AfterEnd, 0, 1);
        });
    }

    private static void Redirected(Run run)
    {
        ByteProcessor first = new();
        ByteProcessor second = new();
        Peer peer = Held(run, first);
        bool isRedirected = false;
        run.Thread("redirects", () => isRedirected = peer.Redirect(second));
        run.AtRest(() =>
        {
            Assert.True(isRedirected);
            Assert.Same(second, peer.Processor);
            Assert.Equal(Runs * RunLength, first.Taken + second.Taken);
            Assert.Equal(CloseReason.None, peer.Reason);
        });
    }

    /// <summary>A peer whose first message has an asynchronous handler, which ends on another thread.</summary>
    private static Peer Held(Run run, ByteProcessor processor)
    {
        TaskCompletionSource awaited = new();
        processor.Awaited = awaited.Task;
        PeerOptions options = new() { MessageTimeout = Timeout.InfiniteTimeSpan, Log = static _ => { } };
        Peer peer = run.Peer(
            run.PlainLoop(), processor, options, static (loop, peer, options) => new TalkingConnection(loop, peer, options, Runs, RunLength));
        run.Thread("answers", awaited.SetResult);
        return peer;
    }

    /// <summary>Each byte is a message.</summary>
    private sealed class ByteProcessor : Processor
    {
        /// <summary>What the handler of the next message waits for.</summary>
        internal Task? Awaited { get; set; }

        internal int Taken { get; private set; }

        /// <summary>Messages whose handler found the peer at its end.</summary>
        internal int AfterEnd { get; private set; }

        protected override Threading DispatchThreading => Threading.Inline;

        protected override HeaderCodec DispatchHeader => null!;

        protected override void DispatchOpened(Peer peer)
        {
        }

        protected override int DispatchReceived(Peer peer, ReadOnlyMemory<byte> received)
        {
            for (int taken = 1; ; taken++)
            {
                Taken++;
                AfterEnd += peer.Reason == CloseReason.None ? 0 : 1;
                if (Awaited is { } awaited)
                {
                    Awaited = null;
                    peer.Hold(new ValueTask(awaited));
                }

                if (taken == received.Length || peer.IsInterruptedAfterMessage())
                {
                    return taken;
                }
            }
        }

        protected override void DispatchClosed(Peer peer, CloseReason reason)
        {
        }
    }
}
