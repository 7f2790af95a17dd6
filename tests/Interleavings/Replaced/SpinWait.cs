using QContinuum.Interleavings.Tests.Exploring;

namespace System.Threading;

/// <summary>Who spins goes on when somebody else has done something.</summary>
internal static class SpinWait
{
    internal static void SpinUntil(Func<bool> condition)
    {
        while (!condition())
        {
            Controlled current = Controlled.Current!;
            Run run = current.Run;
            int seen = run.Moment + 1;
            run.Wait(current, "spin", () => run.Moment > seen);
        }
    }
}
