namespace QContinuum.Runtime.Tests.Support;

/// <summary>The bound of every wait: a behaviour that never comes fails its test instead of hanging it.</summary>
internal static class Guard
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task Guarded(this Task task) => task.WaitAsync(Patience);

    public static Task<T> Guarded<T>(this Task<T> task) => task.WaitAsync(Patience);

    public static Task Guarded(this ValueTask task) => task.AsTask().WaitAsync(Patience);

    public static Task<T> Guarded<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Patience);
}
