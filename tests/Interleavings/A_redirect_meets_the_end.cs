using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Interleavings.Tests.Support;
using QContinuum.Loops;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

public sealed class A_redirect_meets_the_end(ITestOutputHelper output)
{
    private readonly Explorer _onLoop = new(run => Redirected(run, Threading.Inline, Threading.Inline), mostSwitches: 1);
    private readonly Explorer _toPump = new(run => Redirected(run, Threading.Inline, Threading.Queued), mostSwitches: 1);
    private readonly Explorer _fromPump = new(run => Redirected(run, Threading.Queued, Threading.Inline), mostSwitches: 1);

    [Fact]
    public void Who_had_it_opened_has_it_closed() => _onLoop.Holds(output);

    [Fact]
    public void Also_where_the_next_has_a_pump() => _toPump.Holds(output);

    [Fact]
    public void Also_where_it_comes_from_a_pump() => _fromPump.Holds(output);

    private static void Redirected(Run run, Threading from, Threading to)
    {
        CountingProcessor first = new(from);
        CountingProcessor second = new(to);
        EventLoop loop = run.Loop();
        Peer peer = run.Peer(loop, first);
        run.Thread("redirects", () => peer.Redirect(second));
        run.Thread("closes", peer.Abort);
        run.AtRest(() =>
        {
            Assert.True(peer.IsFinished, "its end was not told");
            string reason = peer.Reason.ToString();
            string[] all = [.. first.Calls, .. second.Calls];
            Assert.Contains(string.Join(' ', all), (string[])["", $"Opened {reason}", $"Opened {nameof(CloseReason.Redirected)}", $"Opened {nameof(CloseReason.Redirected)} Opened {reason}"]);
            Assert.Equal(0, first.PeerCount + second.PeerCount);
        });
    }
}
