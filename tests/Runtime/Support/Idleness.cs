using QContinuum.Loops;
using QContinuum.Transports;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>Tells threads that sleep from those that look again and again.</summary>
internal static class Idleness
{
    /// <summary>Processor time that somebody else takes meanwhile, in ticks of the kernel's clock: of 10 ms each.</summary>
    private const int Work = 30;

    /// <summary>While somebody else works, these use next to no time: one that spins would use as much. Nothing is expected where time is not known.</summary>
    /// <param name="threads">Of this process, by the kernel's numbers.</param>
    public static void Expect(params int[] threads)
    {
        if (!ProcessorTime.IsKnown)
        {
            return;
        }

        long before = threads.Sum(ProcessorTime.Of);
        OwnThread.Run(static () =>
        {
            for (long begin = ProcessorTime.Of(ProcessorTime.CurrentThread); ProcessorTime.Of(ProcessorTime.CurrentThread) < begin + Work;)
            {
                Thread.SpinWait(10_000);
            }
        });

        Assert.InRange(threads.Sum(ProcessorTime.Of) - before, 0, Work / 3);
    }

    /// <summary>The thread of a peer's loop.</summary>
    public static Task<int> LoopOfAsync(Peer peer)
    {
        TaskCompletionSource<int> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LoopGroup.ForEachOfAll(
            peer,
            (pollable, peer) =>
            {
                if (pollable is Connection { Owner: Peer owner } && owner == peer)
                {
                    found.SetResult(ProcessorTime.CurrentThread);
                }
            });
        return found.Task.Guarded();
    }
}
