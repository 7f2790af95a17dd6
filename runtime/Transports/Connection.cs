using System.Diagnostics;
using System.Net.Sockets;
using QContinuum.Buffers;
using QContinuum.Loops;

namespace QContinuum.Transports;

/// <summary>
/// One connection: bytes in, bytes out, and an orderly end, whatever carries them. A transport gives the five operations at the end.
/// </summary>
/// <remarks>
/// Two things may be touched by any thread: the outbox (<see cref="Publish"/>) and the requests (<see cref="Request"/>). Everything else
/// belongs to the loop.
/// Invariant: <c>_pending</c> is the number of bytes in outbox and queue; it is raised before they are published and lowered after they
/// were written.
/// </remarks>
internal abstract partial class Connection(EventLoop loop, IConnectionOwner owner, PeerOptions options) : Pollable(loop)
{
    /// <summary>How long what waits may take to be written once a connection ends without fault.</summary>
    private const int DrainMilliseconds = 30_000;

    /// <summary>The same after a protocol error: who broke the protocol is owed no patience.</summary>
    private const int FaultDrainMilliseconds = 2_000;

    /// <summary>How long the other side's end is awaited after the outgoing direction was shut down.</summary>
    private const int LingerMilliseconds = 2_000;

    /// <summary>How much is read and dropped meanwhile: more than two sockets can hold, so that who was sending all the time gets its answers.</summary>
    private const int LingerBytes = 16 * 1024 * 1024;

    /// <summary>The same after a protocol error.</summary>
    private const int FaultLingerBytes = 64 * 1024;

    private int _requests;
    private Readiness _interest;
    private bool _remoteEnded;
    private int _lingered;
    private long _received;
    private long _sent;
    private RateLimit _byteRate;
    private long _throttledUntil;

    [Flags]
    private enum Requests
    {
        None = 0,
        Close = 1,
        Abort = 2,
        FinishSending = 4,
        ResumeReading = 8,
        BeginMoving = 16,
        EndMoving = 32,
        Appoint = 64,
    }

    protected ConnectionState State { get; set; }

    internal IConnectionOwner Owner { get; } = owner;

    /// <summary>Whether the other side broke the protocol.</summary>
    private bool IsFault => Owner.Reason is CloseReason.NegativeLength or CloseReason.TooLong or CloseReason.UnknownMessage or CloseReason.BadBody
        or CloseReason.BadHeader or CloseReason.BadChecksum or CloseReason.FirstMessageLate or CloseReason.MessageLate or CloseReason.Unauthenticated;

    /// <summary>Why the attempt to connect failed, if it did.</summary>
    internal SocketError ConnectError { get; private protected set; }

    /// <summary>Any thread.</summary>
    internal PeerStatistics Statistics => new(
        Volatile.Read(ref _received),
        Volatile.Read(ref _sent),
        TimeSpan.FromMilliseconds(Math.Max(Loop.Clock() - (Volatile.Read(ref _moved) is > 0 and var moved ? moved : Loop.Clock()), 0)));

    /// <summary>Ends the connection in order: what the lane has is finished, what waits is written. Any thread.</summary>
    internal void Close() => Request(Requests.Close);

    /// <summary>Ends the connection at once. Any thread.</summary>
    internal void Abort() => Request(Requests.Abort);

    /// <summary>The lane has nothing more to send. Any thread.</summary>
    internal void FinishSending() => Request(Requests.FinishSending);

    /// <summary>The lane has consumed enough for the connection to be read again. Any thread.</summary>
    internal void ResumeReading() => Request(Requests.ResumeReading);

    /// <summary>The lane of the owner changes: it is told when everything is behind it that was for the old one. Any thread.</summary>
    internal void BeginMoving() => Request(Requests.BeginMoving);

    /// <summary>The new lane is ready. Any thread.</summary>
    internal void EndMoving() => Request(Requests.EndMoving);

    /// <summary>The owner has a deadline of its own. Any thread.</summary>
    internal void Appoint() => Request(Requests.Appoint);

    internal override void OnScheduled()
    {
        if (State == ConnectionState.New)
        {
            Start();
        }

        Requests requests = (Requests)Interlocked.Exchange(ref _requests, 0);
        if ((requests & Requests.EndMoving) != 0)
        {
            Owner.OnMoved();
        }

        if ((requests & Requests.BeginMoving) != 0)
        {
            Owner.OnMoving();
        }

        Owner.OnRoom();
        if (State == ConnectionState.Closed)
        {
            DropOutgoing();
            return;
        }

        if ((requests & Requests.Abort) != 0)
        {
            CloseNow(CloseReason.Local, reset: true);
            return;
        }

        if ((requests & Requests.Close) != 0 && State <= ConnectionState.Open)
        {
            End();
        }

        if ((requests & Requests.Appoint) != 0 && State == ConnectionState.Open && Owner.UserDue is > 0 and var due)
        {
            AppointNoLaterThan(due);
        }

        if ((requests & Requests.FinishSending) != 0 && State == ConnectionState.Ending)
        {
            BeginDraining();
        }

        FlushUnlessBlocked();
    }

    internal override void OnReady(Readiness readiness)
    {
        switch (State)
        {
            case ConnectionState.Open:
                ServeOpen(readiness);
                break;
            case ConnectionState.Connecting:
                FinishConnecting();
                break;
            case ConnectionState.Lingering:
                Discard();
                break;
            case ConnectionState.Ending or ConnectionState.Draining:
                ServeEnding(readiness);
                break;
        }
    }

    internal override void OnDue()
    {
        switch (State)
        {
            case ConnectionState.Open:
                CheckDeadlines();
                break;
            case ConnectionState.Draining:
                CloseNow(CloseReason.Reset, reset: true);
                break;
            case ConnectionState.Lingering:
                // It is in the kernel's hands, which may still deliver it.
                CloseNow(CloseReason.Reset, reset: false);
                break;
        }
    }

    internal override void OnLoopStopped()
    {
        if (State != ConnectionState.Closed)
        {
            CloseNow(CloseReason.Stopped, reset: State != ConnectionState.Lingering);
        }
    }

    internal override long Held => Pending + Owner.Held;

    internal override void OnPressure() => UpdateInterest();

    internal override void OnTooLarge()
    {
        if (State != ConnectionState.Closed)
        {
            Owner.OnLate(CloseReason.MemoryShort, $"memory is short, and of all peers it holds most: {Held} bytes");
            CloseNow(CloseReason.MemoryShort, reset: true);
        }
    }

    /// <summary>Begins to be watched. Loop thread.</summary>
    protected abstract void Start();

    /// <summary>The attempt to connect has an end. Loop thread.</summary>
    protected abstract void FinishConnecting();

    protected abstract int Receive(Block block);

    protected abstract int Send(Block chain);

    /// <summary>Bytes sent that the other side has not confirmed.</summary>
    protected abstract int Unconfirmed();

    /// <summary>Has readiness reported; also after <see cref="Suspend"/>, if there is anything to report.</summary>
    protected abstract void Watch(Readiness interest);

    /// <summary>Nothing is reported until there is something to be watched for.</summary>
    protected abstract void Suspend();

    protected abstract void ShutdownWrite();

    protected abstract void CloseHandle(bool reset);

    /// <summary>The connection is there: from here on it is read.</summary>
    protected void Open(Readiness interest)
    {
        State = ConnectionState.Open;
        _interest = interest;
        BeginDeadlines();
        Owner.OnOpened();
        UpdateInterest();
    }

    /// <summary>Ends it at once, with everything that waits. Loop thread.</summary>
    protected void CloseNow(CloseReason reason, bool reset)
    {
        Debug.Assert(State != ConnectionState.Closed, "a connection is closed once");
        bool told = State == ConnectionState.Lingering;
        State = ConnectionState.Closed;
        CloseHandle(reset);
        DropOutgoing();
        Loop.CountConnection(-1);
        if (!told)
        {
            Owner.OnClosed(reason);
        }

        Owner.OnReleased();
    }

    private int MostLingered => IsFault ? FaultLingerBytes : LingerBytes;

    /// <summary>Whether it holds so much that it must wait, since memory is short.</summary>
    private bool IsTooMuch => Loop.Pressure != MemoryPressure.None && Held > MemoryGuard.ModestBytes;

    private void Request(Requests request)
    {
        Interlocked.Or(ref _requests, (int)request);
        Schedule();
    }

    private void ServeOpen(Readiness readiness)
    {
        if ((readiness & Readiness.Writable) != 0)
        {
            Flush();
        }

        if (State != ConnectionState.Open || (readiness & ~Readiness.Writable) == 0)
        {
            return;
        }

        if ((_interest & Readiness.Readable) == 0)
        {
            if ((readiness & Readiness.Failed) != 0)
            {
                CloseNow(CloseReason.Reset, reset: true);
            }
            else if ((readiness & Readiness.HungUp) != 0)
            {
                // It would be reported for ever; and what came before it is still to be read, once the lane has room. What is merely readable was so before the
                // flush, which found that it is not to be read now.
                Suspend();
                Owner.OnHungUp();
            }

            return;
        }

        Read();
    }

    /// <summary>
    /// What comes is dropped: who sends all the time before it reads would otherwise never come to read what is still written. A reset is always reported, and would
    /// be for ever; it is also what some transports say when both directions have ended.
    /// </summary>
    private void ServeEnding(Readiness readiness)
    {
        if ((readiness & (Readiness.Failed | Readiness.HungUp)) != 0)
        {
            CloseNow(_remoteEnded ? CloseReason.None : CloseReason.Reset, reset: true);
            return;
        }

        if ((readiness & Readiness.Writable) != 0)
        {
            Flush();
        }

        if (State == ConnectionState.Draining && (readiness & Readiness.Readable) != 0)
        {
            DropWhileDraining();
        }
    }

    private void DropWhileDraining()
    {
        int received = Receive(Loop.ReadBlock);
        if (received == -(int)IoError.Reset)
        {
            CloseNow(CloseReason.Reset, reset: true);
            return;
        }

        _remoteEnded = received == 0;
        _lingered += Math.Max(received, 0);
        UpdateInterest();
    }

    /// <summary>One read a turn: what is left is reported again, after the other connections had theirs.</summary>
    private void Read()
    {
        Block block = Loop.ReadBlock;
        int received = Receive(block);
        if (received > 0)
        {
            NoteReceived();
            Volatile.Write(ref _received, _received + received);
            if (options.MaxBytesPerSecond is { } rate)
            {
                Throttle(_byteRate.Count(received, rate, Loop.Now));
            }

            if (Owner.OnReceived(block, received))
            {
                Loop.RenewReadBlock();
            }

            UpdateInterest();
        }
        else if (received == 0)
        {
            _remoteEnded = true;
            End();
        }
        else if (received == -(int)IoError.Reset)
        {
            CloseNow(CloseReason.Reset, reset: true);
        }
    }

    private void End()
    {
        State = ConnectionState.Ending;
        UpdateInterest();
        Owner.OnEnded();
    }

    private void BeginDraining()
    {
        State = ConnectionState.Draining;
        UpdateInterest();
        Loop.Timers.Schedule(this, Loop.Now + (IsFault ? FaultDrainMilliseconds : DrainMilliseconds));
    }

    /// <summary>Everything is written: the other side is told, and given the time to read it.</summary>
    private void FinishDraining()
    {
        ShutdownWrite();
        if (_remoteEnded)
        {
            CloseNow(CloseReason.Remote, reset: false);
            return;
        }

        State = ConnectionState.Lingering;
        Loop.Timers.Schedule(this, Loop.Now + LingerMilliseconds);
        UpdateInterest();
        Owner.OnClosed(CloseReason.Local);
    }

    private void Discard()
    {
        int received = Receive(Loop.ReadBlock);
        if (received == -(int)IoError.WouldBlock)
        {
            return;
        }

        _lingered += Math.Max(received, 0);
        if (received <= 0 || _lingered > MostLingered)
        {
            CloseNow(CloseReason.Local, reset: false);
        }
    }

    /// <summary>Has the kernel report just what can be served now; a system call only when that changed.</summary>
    private void UpdateInterest()
    {
        bool read = State switch
        {
            ConnectionState.Open => !_congested && !Owner.IsFull && !IsTooMuch && _throttledUntil <= Loop.Now,
            ConnectionState.Lingering => true,
            ConnectionState.Draining => !_remoteEnded && _lingered <= MostLingered,
            _ => false,
        };
        Readiness interest = (read ? Readiness.Readable : Readiness.None) | (_blocked ? Readiness.Writable : Readiness.None);
        if (interest != _interest && State is not (ConnectionState.Closed or ConnectionState.New or ConnectionState.Connecting))
        {
            _interest = interest;
            Watch(interest);
        }
    }
}
