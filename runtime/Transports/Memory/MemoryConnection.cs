using QContinuum.Buffers;
using QContinuum.Loops;

namespace QContinuum.Transports.Memory;

/// <summary>A connection within the process. Readiness is what its end says, level-triggered as with a socket: as long as it lasts it is served once a turn.</summary>
internal sealed class MemoryConnection : Connection
{
    private readonly MemoryEnd _end;
    private Readiness _watched;
    private bool _isSuspended;

    internal MemoryConnection(EventLoop loop, MemoryEnd end, IConnectionOwner owner, PeerOptions options)
        : base(loop, owner, options)
    {
        _end = end;
        loop.CountConnection(1);
    }

    /// <summary>A reset is told also while it is suspended, but once: the other side abandons the connection first, and resets it then.</summary>
    private Readiness Ready => _end.Readiness & (!_isSuspended ? _watched | Readiness.Failed | Readiness.HungUp : IsReset ? Readiness.None : Readiness.Failed);

    internal override void OnScheduled()
    {
        base.OnScheduled();
        if (State != ConnectionState.Closed && Ready is var ready and not Readiness.None)
        {
            OnReady(ready);
            if (State != ConnectionState.Closed && Ready != Readiness.None)
            {
                Schedule();
            }
        }
    }

    protected override void Start()
    {
        Loop.Add(this);
        _end.WakeBy(Schedule);
        _watched = Readiness.Readable;
        Open(Readiness.Readable);
    }

    protected override void FinishConnecting() => throw new InvalidOperationException("A connection in memory is made at once.");

    protected override int Receive(Block block, int most) => _end.Read(block.Array.AsSpan(0, most));

    protected override int Send(Block chain)
    {
        int sent = 0;
        for (Block? block = chain; block is not null; block = block.Next)
        {
            int written = _end.Write(block.Array.AsSpan(block.Start, block.Length));
            if (written < 0)
            {
                return sent > 0 ? sent : written;
            }

            sent += written;
            if (written < block.Length)
            {
                return sent;
            }
        }

        return sent;
    }

    protected override bool WasReset() => true;

    protected override int Unconfirmed() => _end.Unconfirmed;

    protected override void Watch(Readiness interest)
    {
        _watched = interest;
        _isSuspended &= interest == Readiness.None && State == ConnectionState.Open;
        if (Ready != Readiness.None)
        {
            Schedule();
        }
    }

    protected override void Suspend() => _isSuspended = true;

    protected override void ShutdownWrite() => _end.EndWriting();

    protected override void CloseHandle(bool reset)
    {
        Loop.Remove(this);
        _end.Close(reset);
    }
}
