using System.Collections.Concurrent;
using System.Net;
using QContinuum.Loops;

namespace QContinuum.Transports.Memory;

/// <summary>Hands the connections that were made in memory to their loops, under the bounds of the server.</summary>
internal sealed class MemoryAcceptor(EventLoop loop, EndPoint endpoint, ConcurrentQueue<MemoryEnd> waiting, IAcceptedHandler accepted) : Pollable(loop), IAcceptor
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AcceptPause _pause;
    private bool _stopping;

    public void Start() => Schedule();

    public Task StopAsync()
    {
        Volatile.Write(ref _stopping, true);
        Schedule();
        return _stopped.Task;
    }

    internal override void OnScheduled()
    {
        if (Volatile.Read(ref _stopping))
        {
            OnLoopStopped();
            return;
        }

        if (Key == 0)
        {
            Loop.Add(this);
        }

        if (TimerSlot >= 0)
        {
            // It pauses, whoever comes meanwhile.
            return;
        }

        // As many as wait now: what comes meanwhile schedules again.
        for (int i = waiting.Count; i > 0; i--)
        {
            bool isShort = Loop.Pressure >= MemoryPressure.StopAccepting;
            if (isShort || !accepted.HasRoom)
            {
                Loop.Timers.Schedule(this, _pause.Begin(Loop.Now, endpoint, isShort ? AcceptPause.NoMemory : AcceptPause.NoRoom, accepted));
                return;
            }

            if (!waiting.TryDequeue(out MemoryEnd? end))
            {
                return;
            }

            _pause.End();
            EventLoop chosen = accepted.ChooseLoop();
            IAcceptedOwner owner = accepted.Accept(chosen, default, endpoint);
            owner.Begin(new MemoryConnection(chosen, end, owner, accepted.Options));
        }
    }

    internal override void OnReady(Readiness readiness)
    {
        // Nothing of the operating system is watched.
    }

    internal override void OnDue() => OnScheduled();

    internal override void OnLoopStopped()
    {
        if (Key != 0)
        {
            Loop.Remove(this);
        }

        while (waiting.TryDequeue(out MemoryEnd? end))
        {
            end.Close(reset: true);
        }

        _stopped.TrySetResult();
    }
}
