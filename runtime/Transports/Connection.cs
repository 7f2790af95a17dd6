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
    private int _requests;
    private long _received;
    private long _sent;
    private ConnectionExtras? _extras;

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
        Turn = 128,
        ServerWaits = 256,
    }

    protected ConnectionState State { get; set; }

    internal IConnectionOwner Owner { get; } = owner;

    /// <summary>Why the attempt to connect failed, if it did.</summary>
    internal SocketError ConnectError
    {
        get => Volatile.Read(ref _extras)?.ConnectError ?? SocketError.Success;
        private protected set => Extras.ConnectError = value;
    }

    /// <summary>Any thread.</summary>
    internal PeerStatistics Statistics => new(
        Volatile.Read(ref _received),
        Volatile.Read(ref _sent),
        TimeSpan.FromMilliseconds(Math.Max(Loop.Clock() - (Volatile.Read(ref _moved) is > 0 and var moved ? moved : Loop.Clock()), 0)),
        Refused: 0);

    /// <summary>Made when first asked for. Any thread: the first compare-and-swap stands, and publishes it as it was made.</summary>
    internal ConnectionExtras Extras => Volatile.Read(ref _extras) ?? MakeExtras();

    /// <summary>Ends the connection in order: what the lane has is finished, what waits is written. Any thread.</summary>
    internal void Close() => Request(Requests.Close);

    /// <summary>The same, but the time that the other side may take is its server's to say, which then aborts the connection. Any thread.</summary>
    internal void CloseByServer() => Request(Requests.Close | Requests.ServerWaits);

    /// <summary>Ends the connection at once. Any thread.</summary>
    internal void Abort() => Request(Requests.Abort);

    /// <summary>The lane has nothing more to send. Any thread.</summary>
    internal void FinishSending() => Request(Requests.FinishSending);

    /// <summary>The lane has consumed enough for the connection to be read again. Any thread.</summary>
    internal void ResumeReading() => Request(Requests.ResumeReading);

    /// <summary>The owner goes on in the next turn of the loop, or in this one where its connections have been served.</summary>
    internal void AwaitTurn() => Request(Requests.Turn);

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
            StartUnlessTooLate();
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
        if ((requests & Requests.Turn) != 0)
        {
            Owner.OnTurn();
        }

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

        if ((requests & Requests.ServerWaits) != 0 && !IsFault)
        {
            Extras.EndsBy = Never;
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
            case ConnectionState.Ending:
                CheckEnding();
                break;
            case ConnectionState.Draining:
                CheckDraining();
                break;
            case ConnectionState.Lingering:
                CheckLingering();
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

    internal override long Held => Queued + Owner.Held;

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

    /// <summary>Reads no more than so many bytes, which the block has room for.</summary>
    protected abstract int Receive(Block block, int most);

    protected abstract int Send(Block chain);

    /// <summary>Of what failed, whether it is a reset, and not merely that the other side takes nothing any more. Asked once: some systems say so only once.</summary>
    protected abstract bool WasReset();

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

    /// <summary>The system has no room for one more that it watches.</summary>
    protected void NotWatched(string why) => Owner.OnLate(CloseReason.Reset, $"the system cannot watch it: {why}");

    private ConnectionExtras MakeExtras()
    {
        ConnectionExtras fresh = new();
        return Interlocked.CompareExchange(ref _extras, fresh, null) ?? fresh;
    }

    private void StartUnlessTooLate()
    {
        if (Loop.IsClosing)
        {
            CloseNow(CloseReason.Stopped, reset: true);
        }
        else
        {
            Start();
        }
    }

    private void Request(Requests request)
    {
        // Added before the loop is told, and taken by it after it has cleared the flag of Schedule: what is added meanwhile is taken now, or has it called again.
        Interlocked.Or(ref _requests, (int)request);
        Schedule();
    }
}
