using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Loops;

namespace QContinuum.Interleavings.Tests.Support;

internal static class Loops
{
    /// <summary>A loop that begins with the run, waits when it has nothing to do, and is stopped when nobody has.</summary>
    internal static EventLoop Loop(this Run run)
    {
        EventLoop loop = run.PlainLoop();
        run.Share(loop);
        return loop;
    }

    /// <summary>The same, but it is not shared: where not its own protocols are explored it has few points.</summary>
    internal static EventLoop PlainLoop(this Run run)
    {
        EventLoop<StillPoller> loop = new(new StillPoller(), 0, new StillTime());
        run.Thread("main", loop.Start);
        run.Ending(loop.Stop);
        return loop;
    }
}
