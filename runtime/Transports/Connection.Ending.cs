using System.Diagnostics;
using QContinuum.Loops;

namespace QContinuum.Transports;

/// <summary>The end of a connection, as <see cref="ConnectionState"/> draws it: what waits is written, the other side is told, and has time to read it.</summary>
internal abstract partial class Connection
{
    /// <summary>
    /// How long the other side may take for what waits once a connection ends without fault, however steadily it does: nobody holds one for ever. Where its server ends it, that
    /// has a time of its own, and aborts it then.
    /// </summary>
    private const int DrainMilliseconds = 30_000;

    /// <summary>The same after a protocol error: who broke the protocol is owed no patience.</summary>
    private const int FaultDrainMilliseconds = 2_000;

    /// <summary>
    /// How long the other side's end is awaited after the outgoing direction was shut down; anew, while it takes what was sent. What it has not taken may be megabytes, which a
    /// word from it after the connection was closed would destroy. A poller that does not know what was taken (the portable one) waits once.
    /// </summary>
    private const int LingerMilliseconds = 2_000;

    /// <summary>How much is read and dropped meanwhile: more than two sockets can hold, so that who was sending all the time gets its answers.</summary>
    internal const int LingerBytes = 16 * 1024 * 1024;

    /// <summary>The same after a protocol error.</summary>
    private const int FaultLingerBytes = 64 * 1024;

    private bool _remoteEnded;

    /// <summary>Whether the other side broke the protocol.</summary>
    private bool IsFault => Owner.Reason is CloseReason.NegativeLength or CloseReason.TooLong or CloseReason.UnknownMessage or CloseReason.BadBody
        or CloseReason.BadHeader or CloseReason.BadChecksum or CloseReason.FirstMessageLate or CloseReason.MessageLate or CloseReason.Unauthenticated;

    private int Lingered => _extras?.Lingered ?? 0;

    private int MostLingered => IsFault ? FaultLingerBytes : LingerBytes;

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
        if (IsFault)
        {
            Extras.EndsBy = Loop.Now + FaultDrainMilliseconds;
        }
        else if (Extras.EndsBy != Never)
        {
            Extras.EndsBy = Loop.Now + DrainMilliseconds;
        }

        Appoint(Drained());
    }

    /// <summary>When what waits must have been written; and of what is written, the other side must take some, as ever.</summary>
    private long Drained() => Math.Min(Extras.EndsBy, WhenStalled(Loop.Now, (Owner.Deadlines & PeerDeadlines.Send) != 0));

    private void CheckDraining()
    {
        long drained = Drained();
        if (Loop.Now >= drained)
        {
            CloseNow(CloseReason.Reset, reset: true);
        }
        else
        {
            Appoint(drained);
        }
    }

    /// <summary>Everything is written: the other side is told, and given the time to read it.</summary>
    private void FinishDraining()
    {
        // Looked at before the end is sent, which is to be confirmed as well.
        int unconfirmed = _remoteEnded ? 0 : Unconfirmed();
        ShutdownWrite();
        if (_remoteEnded)
        {
            CloseNow(CloseReason.Remote, reset: false);
            return;
        }

        State = ConnectionState.Lingering;
        Extras.Unconfirmed = unconfirmed;
        Loop.Timers.Schedule(this, Loop.Now + LingerMilliseconds);
        UpdateInterest();
        Owner.OnClosed(CloseReason.Local);
    }

    private void CheckLingering()
    {
        ConnectionExtras extras = Extras;
        int left = Unconfirmed();
        if (left < extras.Unconfirmed && Loop.Now < extras.EndsBy)
        {
            extras.Unconfirmed = left;
            Loop.Timers.Schedule(this, Math.Min(Loop.Now + LingerMilliseconds, extras.EndsBy));
            return;
        }

        // It is in the kernel's hands, which may still deliver it.
        CloseNow(CloseReason.Reset, reset: false);
    }

    /// <summary>
    /// What comes is dropped: who sends all the time before it reads would otherwise never come to read what is still written. A reset is always reported, and would
    /// be for ever; it is also what some transports say when both directions have ended.
    /// </summary>
    private void ServeEnding(Readiness readiness)
    {
        if (State == ConnectionState.Ending && (readiness & (Readiness.Failed | Readiness.HungUp)) != 0)
        {
            HangUp(readiness);
            return;
        }

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
        int received = Receive(Loop.ReadBlock, EventLoop.ReadSize);
        if (received == -(int)IoError.Reset)
        {
            CloseNow(CloseReason.Reset, reset: true);
            return;
        }

        _remoteEnded = received == 0;
        NoteDropped(received);
        UpdateInterest();
    }

    private void NoteDropped(int received)
    {
        if (received > 0)
        {
            Extras.Lingered += received;
            Volatile.Write(ref _received, _received + received);
        }
    }

    private void Discard()
    {
        int received = Receive(Loop.ReadBlock, EventLoop.ReadSize);
        if (received == -(int)IoError.WouldBlock)
        {
            return;
        }

        NoteDropped(received);
        if (received <= 0 || (IsFault && Lingered > MostLingered))
        {
            CloseNow(CloseReason.Local, reset: false);
            return;
        }

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
}
