using System.Diagnostics;
using Xunit.Sdk;

namespace QContinuum.Attacks.Tests.Support;

/// <summary>The bound of every wait: what never comes fails its test instead of hanging it.</summary>
internal static class Guard
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

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

    /// <summary>Does something again and again until a condition holds that nobody announces.</summary>
    public static async Task UntilAsync(Func<bool> condition, Func<Task> meanwhile, Func<string> otherwise)
    {
        long began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, otherwise());
            await meanwhile();
        }
    }
}
