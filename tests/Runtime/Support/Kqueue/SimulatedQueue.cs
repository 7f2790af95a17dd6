using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Support.Kqueue;

/// <summary>
/// One kqueue: filters that are watched, each by an epoll of its own, and an epoll that waits for all of these. A filter keeps that way what happened while
/// it was disabled, and is forgotten with its epoll, whoever else still has the socket.
/// </summary>
internal sealed partial class SimulatedQueue : IDisposable
{
    /// <summary>No filter has it.</summary>
    private const ulong InterruptKey = 0;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int NanosecondsASecond = 1_000_000_000;

    private readonly SimulatedKernel _kernel;
    private readonly EpollSet _ready = new();
    private readonly int _signal = Libc.EventDescriptor(0, NonBlocking | CloseOnExec);
    private readonly Lock _gate = new();
    private readonly Dictionary<(nuint Identifier, short Filter), Knote> _knotes = [];
    private readonly Dictionary<ulong, Knote> _byKey = [];
    private ulong _lastKey;

    public SimulatedQueue(SimulatedKernel kernel)
    {
        _kernel = kernel;
        _ready.Add(_signal, EpollSet.In | EpollSet.EdgeTriggered, InterruptKey);
    }

    public int Descriptor => _ready.Descriptor;

    /// <summary>kevent(2).</summary>
    public int Control(ReadOnlySpan<KernelEvent> changes, Span<KernelEvent> events, KernelTime? timeout)
    {
        if (timeout is { } given && (given.Seconds < 0 || given.Nanoseconds is < 0 or >= NanosecondsASecond))
        {
            return SimulatedKernel.Fail(Kevents.Invalid);
        }

        int answers = 0;
        foreach (KernelEvent change in changes)
        {
            int error = Change(change);
            if (error == 0 && (change.Flags & Kevents.Receipt) == 0)
            {
                continue;
            }

            if (answers == events.Length)
            {
                return error == 0 ? answers : SimulatedKernel.Fail(error);
            }

            events[answers++] = change with { Flags = (ushort)(change.Flags | Kevents.Error), Data = error };
        }

        // What was answered is told before anything that happened, and alone.
        return answers > 0 || events.IsEmpty ? answers : Wait(events, timeout);
    }

    /// <summary>The present wait, or the next one, is interrupted.</summary>
    public unsafe void Interrupt()
    {
        ulong one = 1;
        _ = Libc.Write(_signal, (byte*)&one, sizeof(ulong));
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (Knote knote in _knotes.Values)
            {
                knote.Dispose();
            }

            _knotes.Clear();
            _byKey.Clear();
            _ready.Dispose();
            _ = Libc.Close(_signal);
        }
    }

    private int Wait(Span<KernelEvent> events, KernelTime? timeout)
    {
        long end = timeout is { } given
            ? Environment.TickCount64 + (given.Seconds * 1000) + ((given.Nanoseconds + 999_999) / 1_000_000)
            : long.MaxValue;
        Span<(uint Events, ulong Key)> ready = stackalloc (uint, ulong)[events.Length];
        while (true)
        {
            long left = Math.Max(end - Environment.TickCount64, 0);
            int count = _ready.Wait(ready, end == long.MaxValue ? -1 : (int)Math.Min(left, int.MaxValue));
            if (count < 0)
            {
                return SimulatedKernel.Fail(-count);
            }

            int told = Collect(ready[..count], events, out bool isInterrupted);
            if (told > 0)
            {
                _kernel.CountTold(told);
                if (isInterrupted)
                {
                    // What happened is told first: the interruption is for the next wait.
                    Interrupt();
                }

                return told;
            }

            if (isInterrupted)
            {
                return SimulatedKernel.Fail(Kevents.Interrupted);
            }

            if (left == 0)
            {
                return 0;
            }
        }
    }

    private int Collect(ReadOnlySpan<(uint Events, ulong Key)> ready, Span<KernelEvent> events, out bool isInterrupted)
    {
        isInterrupted = false;
        int told = 0;
        lock (_gate)
        {
            foreach ((_, ulong key) in ready)
            {
                isInterrupted |= key == InterruptKey;
                if (_byKey.TryGetValue(key, out Knote? knote) && Report(knote) is { } happened)
                {
                    events[told++] = happened;
                }
            }
        }

        return told;
    }

    /// <summary>What is to be told of a filter now; nothing, where what woke it is over.</summary>
    private KernelEvent? Report(Knote knote)
    {
        if (knote.IsGone)
        {
            Drop(knote);
            return null;
        }

        if (knote.Look(_kernel) is not { } happened)
        {
            return null;
        }

        if ((knote.Flags & Kevents.OneShot) != 0)
        {
            Drop(knote);
        }
        else if ((knote.Flags & Kevents.Dispatch) != 0)
        {
            Enable(knote, isEnabled: false);
        }

        return happened;
    }
}
