using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Interleavings.Tests.Support;
using QContinuum.Loops;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

public sealed class Two_redirects_meet(ITestOutputHelper output)
{
    private readonly Explorer _onLoop = new(run => Redirected(run, Threading.Inline, Threading.Inline), mostSwitches: 2);
    private readonly Explorer _toPump = new(run => Redirected(run, Threading.Inline, Threading.Queued), mostSwitches: 1);
    private readonly Explorer _fromPump = new(run => Redirected(run, Threading.Queued, Threading.Inline), mostSwitches: 1);

    [Fact]
    public void The_peer_is_where_one_of_them_has_it() => _onLoop.Holds(output);

    [Fact]
    public void Also_where_the_next_has_a_pump() => _toPump.Holds(output);

    [Fact]
    public void Also_where_it_comes_from_a_pump() => _fromPump.Holds(output);

    private static void Redirected(Run run, Threading from, Threading to)
    {
        CountingProcessor first = new(from);
        CountingProcessor second = new(to);
        CountingProcessor third = new(to);
        EventLoop loop = run.Loop();
        Peer peer = run.Peer(loop, first);
        run.Thread("one", () => peer.Redirect(second));
        run.Thread("other", () => peer.Redirect(third));
        run.AtRest(() =>
        {
            CountingProcessor last = (CountingProcessor)peer.Processor;
            Assert.NotSame(first, last);
            Assert.Equal(CloseReason.None, peer.Reason);
            foreach (CountingProcessor one in (CountingProcessor[])[first, second, third])
            {
                string[] told = one == last ? ["Opened"] : ["", "Opened Redirected"];
                Assert.Contains(string.Join(' ', one.Calls), told);
                Assert.Equal(one == last ? 1 : 0, one.PeerCount);
            }
        });
    }
}
