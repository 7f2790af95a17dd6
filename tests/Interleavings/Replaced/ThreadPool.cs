using QContinuum.Interleavings.Tests.Exploring;

namespace System.Threading;

/// <summary>What is queued has a thread of its own.</summary>
internal static class ThreadPool
{
    internal static bool UnsafeQueueUserWorkItem<T>(Action<T> callback, T state, bool preferLocal)
    {
        Controlled current = Controlled.Current!;
        current.Fence();
        current.Run.Thread("the pool", () => callback(state));
        return true;
    }

    internal static bool UnsafeQueueUserWorkItem(IThreadPoolWorkItem item, bool preferLocal)
        => UnsafeQueueUserWorkItem(static item => item.Execute(), item, preferLocal);

    internal static bool UnsafeQueueUserWorkItem(Action<object?> callback, object? state) => UnsafeQueueUserWorkItem(callback, state, false);
}
