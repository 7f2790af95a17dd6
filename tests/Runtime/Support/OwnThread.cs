using System.Runtime.ExceptionServices;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>
/// For tests that count what belongs to a thread, such as the blocks of its pool: on a thread that other tests have used, what they sent may
/// come back at any moment.
/// </summary>
internal static class OwnThread
{
    public static void Run(Action test)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                test();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    /// <summary>For what blocks until something happens: a thread of the pool that did would be missed by others.</summary>
    public static Task<T> RunAsync<T>(Func<T> wait)
        => Task.Factory.StartNew(wait, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
