namespace QContinuum.Interleavings.Tests.Exploring;

/// <summary>A lock: to enter it is a point at which another thread may go on; to enter and to leave are fences.</summary>
internal sealed class Held
{
    private Controlled? _holder;
    private int _depth;
    private int _pulses;
    private int _waiting;

    internal void Enter()
    {
        if (Controlled.Current is { } current)
        {
            current.Run.Wait(current, "lock", () => _holder is null || _holder == current);
            current.Commit();
            _holder = current;
            _depth++;
        }
    }

    internal void Exit()
    {
        if (Controlled.Current is { } current)
        {
            Assert.Same(current, _holder);
            current.Fence();
            _holder = --_depth == 0 ? null : current;
        }
    }

    /// <summary>Waits for a pulse, without the lock.</summary>
    internal void Wait()
    {
        if (Controlled.Current is { } current)
        {
            Assert.Same(current, _holder);
            Assert.Equal(1, _depth);
            current.Fence();
            _holder = null;
            _depth = 0;
            _waiting++;
            current.Run.Wait(current, "wait for a pulse", () => _pulses > 0 && _holder is null, isRest: true);
            _pulses--;
            _waiting--;
            _holder = current;
            _depth = 1;
        }
    }

    internal void Pulse()
    {
        if (Controlled.Current is { } current)
        {
            Assert.Same(current, _holder);
            _pulses += _pulses < _waiting ? 1 : 0;
        }
    }
}
