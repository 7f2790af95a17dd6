using Xunit.Sdk;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>The bound of every wait: a behaviour that never comes fails its test instead of hanging it, and is no time-out that a test may expect.</summary>
internal static class Guard
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task Guarded(this Task task)
    {
        try
        {
            await task.WaitAsync(Patience);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new XunitException($"What is awaited did not come within {Patience.TotalSeconds} s.");
        }
    }

    public static async Task<T> Guarded<T>(this Task<T> task)
    {
        await Guarded((Task)task);
        return await task;
    }

    public static Task Guarded(this ValueTask task) => task.AsTask().Guarded();

    public static Task<T> Guarded<T>(this ValueTask<T> task) => task.AsTask().Guarded();

    /// <summary>Waits for a condition that nobody announces.</summary>
    public static async Task UntilAsync(Func<bool> isTrue)
    {
        using CancellationTokenSource patience = new(Patience);
        while (!isTrue())
        {
            Assert.False(patience.IsCancellationRequested, $"What is awaited did not become true within {Patience.TotalSeconds} s.");
            await Task.Yield();
        }
    }
}
