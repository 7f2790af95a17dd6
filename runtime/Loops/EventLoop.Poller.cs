using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

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

    /// <summary>Watches <paramref name="handle"/> for <paramref name="pollable"/>, unless the system refuses: it watches only so much for one user. Loop thread.</summary>
    /// <param name="pollable">What is told; nothing where it was refused.</param>
    /// <param name="handle">The handle; it stays its owner's.</param>
    /// <param name="interest">What it is watched for.</param>
    /// <param name="why">Why it was refused.</param>
    internal bool TryAdd(Pollable pollable, nint handle, Readiness interest, [NotNullWhen(false)] out string? why)
    {
        Register(pollable);
        if (TryWatch(pollable, handle, interest, out why))
        {
            return true;
        }

        Unregister(pollable);
        return false;
    }

    /// <summary>The same for what has its key already.</summary>
    internal bool TryWatch(Pollable pollable, nint handle, Readiness interest, [NotNullWhen(false)] out string? why)
    {
        try
        {
            _poller.Add(handle, pollable.Key, interest);
            why = null;
            return true;
        }
        catch (Win32Exception exception)
        {
            why = exception.Message;
            return false;
        }
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
