using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Loops;

namespace QContinuum.Interleavings.Tests.Support;

internal static class Loops
{
    /// <summary>A loop that begins with the run, waits when it has nothing to do, and is stopped when nobody has.</summary>
    internal static EventLoop Loop(this Run run)
    {
        EventLoop<StillPoller> loop = new(new StillPoller(), 0, new StillTime());
        run.Share(loop);
        run.Thread("main", loop.Start);
        run.Ending(loop.Stop);
        return loop;
    }
}
