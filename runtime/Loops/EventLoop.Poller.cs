namespace QContinuum.Loops;

/// <summary>A loop that waits with <typeparamref name="TPoller"/>: the calls to it are direct, and inlined.</summary>
internal sealed partial class EventLoop<TPoller> : EventLoop
    where TPoller : struct, IPoller
{
    private TPoller _poller;

    internal EventLoop(TPoller poller, int index, TimeProvider time)
        : base(index, time)
        => _poller = poller;

    /// <summary>The operating system. Loop thread.</summary>
    internal ref TPoller Poller => ref _poller;

    /// <summary>Watches <paramref name="handle"/> for <paramref name="pollable"/>. Loop thread.</summary>
    internal void Add(Pollable pollable, nint handle, Readiness interest)
    {
        Register(pollable);
        _poller.Add(handle, pollable.Key, interest);
    }

    /// <summary>Stops watching <paramref name="handle"/>, which stays open. Loop thread.</summary>
    internal void Remove(Pollable pollable, nint handle)
    {
        Unregister(pollable);
        _poller.Remove(handle);
    }

    /// <summary>
    /// Closes <paramref name="handle"/>; no event of it reaches anybody from here on. Loop thread, or, of what came too late to be watched, where what is late runs.
    /// </summary>
    internal void Close(Pollable pollable, nint handle, bool reset)
    {
        if (pollable.Key == 0)
        {
            _poller.Discard(handle, reset);
            return;
        }

        Unregister(pollable);
        _poller.Close(handle, reset);
    }

    protected override void WaitAndServe(int timeoutMilliseconds)
    {
        int count = _poller.Wait(timeoutMilliseconds);
        Awake();
        for (int i = 0; i < count; i++)
        {
            Readiness readiness = _poller.Event(i, out ulong key);

            // Looked up only now: an earlier event of this turn may have closed it, and its key is then nobody's.
            Find(key)?.OnReady(readiness);
        }
    }

    protected override void Wake() => _poller.Wake();

    protected override void DisposePoller() => _poller.Dispose();
}
