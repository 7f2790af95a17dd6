using QContinuum.Loops;

namespace QContinuum.Transports;

/// <summary>How long the other side may take: for its first message, for the rest of one, to take what it is sent, and to say nothing at all.</summary>
/// <remarks>
/// Checked lazily: a byte only notes when it came, and the one appointment of the connection, kept when its time has come, looks at what
/// has been noted. So a busy connection is looked at once in a time-out, and a silent one once in its idle time.
/// Invariant: while the connection is open, its appointment is no later than the first moment at which a deadline can have passed, those included that the
/// other side is not held to at present.
/// </remarks>
internal abstract partial class Connection
{
    private const long Never = long.MaxValue;

    /// <summary>When a connection is looked at again that is not late, since this side has not read all that came.</summary>
    private const int BehindMilliseconds = 1_000;

    private long _moved;

    /// <summary>The end of a time-out; of an infinite one, never.</summary>
    private static long After(long moment, TimeSpan timeout)
        => timeout == Timeout.InfiniteTimeSpan ? Never : moment + (timeout.Ticks / TimeSpan.TicksPerMillisecond);

    private void BeginDeadlines()
    {
        _moved = Loop.Now;
        Appoint(Math.Min(Owner.FirstAwaited != 0 ? After(_moved, options.FirstMessageTimeout) : Never, After(_moved, options.IdleTimeout)));
    }

    /// <summary>Bytes came, and with them a message may have begun.</summary>
    private void NoteReceived(int received)
    {
        _moved = Loop.Now;
        if (received == EventLoop.ReadSize)
        {
            Extras.ReadFull = _moved;
        }

        AppointNoLaterThan(After(_moved, options.MessageTimeout));
    }

    private void NoteSent() => _moved = Loop.Now;

    /// <summary>The kernel takes no more: from here on it is the other side that must.</summary>
    private void NoteBlocked()
    {
        ConnectionExtras extras = Extras;
        extras.BlockedSince = Loop.Now;
        extras.Unconfirmed = Unconfirmed();
        AppointNoLaterThan(After(extras.BlockedSince, options.SendTimeout));
    }

    /// <summary>More came than may in a second: for so many milliseconds nothing is read.</summary>
    private void Throttle(long milliseconds)
    {
        if (milliseconds > 0)
        {
            Extras.ThrottledUntil = Loop.Now + milliseconds;
            AppointNoLaterThan(ThrottledUntil);
        }
    }

    /// <summary>The appointment of an open connection.</summary>
    private void CheckDeadlines()
    {
        long now = Loop.Now;
        long firstAwaited = Owner.FirstAwaited;
        long restAwaited = Owner.RestAwaited;

        // What has arrived and waits for its lane is not the other side's delay, nor is what the kernel holds while the connection is not read.
        bool isOurs = Owner.IsBusy || (_interest & Readiness.Readable) == 0;
        PeerDeadlines held = Owner.Deadlines;
        long first = firstAwaited == 0
            ? Never
            : After(isOurs || firstAwaited < 0 || (held & PeerDeadlines.FirstMessage) == 0 ? now : firstAwaited, options.FirstMessageTimeout);
        long rest = restAwaited == 0 && !isOurs ? Never : After(isOurs || (held & PeerDeadlines.Message) == 0 ? now : restAwaited, options.MessageTimeout);
        if (now >= Math.Min(first, rest) && IsBehind())
        {
            if (State != ConnectionState.Open)
            {
                return;
            }

            first = rest = Math.Min(now + BehindMilliseconds, After(now, options.MessageTimeout));
        }

        long sent = WhenStalled(now, (held & PeerDeadlines.Send) != 0);
        long unread = Owner.UnreadSince;
        long idle = After((held & PeerDeadlines.Idle) == 0 || (isOurs && unread == 0) ? now : Math.Max(_moved, unread), options.IdleTimeout);
        long user = Owner.UserDue is > 0 and var due && !(now >= due && Owner.MeetsUserDue(due)) ? due : Never;
        if (now >= user)
        {
            Owner.OnLate(CloseReason.Unauthenticated, fault: null);
            End();
        }
        else if (now >= sent)
        {
            Stall();
        }
        else if (now >= first)
        {
            Owner.OnLate(CloseReason.FirstMessageLate, $"its first message was not there after {options.FirstMessageTimeout.TotalSeconds} s");
            End();
        }
        else if (now >= rest)
        {
            Owner.OnLate(CloseReason.MessageLate, $"the rest of a message was not there after {options.MessageTimeout.TotalSeconds} s");
            End();
        }
        else if (now >= idle)
        {
            Owner.OnLate(CloseReason.Idle, fault: null);
            End();
        }
        else
        {
            bool isThrottled = ThrottledUntil > now;
            Appoint(Math.Min(Math.Min(Math.Min(first, rest), Math.Min(sent, idle)), Math.Min(user, isThrottled ? ThrottledUntil : Never)));
            UpdateInterest();
        }
    }

    /// <summary>
    /// The appointment of one whose lane has not finished: it may wait for the other side to take what it was sent, or handle at its rate what the other side sent before
    /// it went.
    /// </summary>
    private void CheckEnding()
    {
        long now = Loop.Now;
        long sent = WhenStalled(now, (Owner.Deadlines & PeerDeadlines.Send) != 0);
        if (now >= sent)
        {
            Stall();
            return;
        }

        long idle = Never;
        if (_remoteEnded && options.MaxMessagesPerSecond is not null && Owner.Reason == CloseReason.None)
        {
            idle = After(Owner.IsHeldByRate && (Owner.Deadlines & PeerDeadlines.Idle) != 0 ? _moved : now, options.IdleTimeout);
            if (now >= idle)
            {
                // Its lane, which is let go in a moment, does the rest.
                Owner.OnLate(CloseReason.Idle, fault: null);
                idle = Never;
            }
        }

        Appoint(Math.Min(sent, idle));
    }

    private void Stall()
    {
        Owner.OnLate(CloseReason.SendStalled, $"it took nothing for {options.SendTimeout.TotalSeconds} s, and {Pending} bytes wait for it");
        CloseNow(CloseReason.SendStalled, reset: true);
    }

    /// <summary>
    /// When the other side has taken nothing for too long. The kernel says that it has room again only when much of what it holds was taken, and what it
    /// holds may be megabytes: so it is asked as well how much was confirmed.
    /// </summary>
    private long WhenStalled(long now, bool isHeld)
    {
        if (!_blocked)
        {
            return Never;
        }

        ConnectionExtras extras = Extras;
        long stalled = After(extras.BlockedSince, options.SendTimeout);
        if (now < stalled)
        {
            return stalled;
        }

        int left = Unconfirmed();
        if (left >= extras.Unconfirmed && isHeld)
        {
            return stalled;
        }

        // What was confirmed has gone to it, and it is not idle.
        _moved = left < extras.Unconfirmed ? now : _moved;
        extras.Unconfirmed = left;
        extras.BlockedSince = now;
        return After(now, options.SendTimeout);
    }

    /// <summary>
    /// Whether what came had to wait for this side, be it that a turn took long or that it is more than a turn reads. Who sends byte by byte gains nothing by
    /// it: each byte is read in the turn in which it comes.
    /// </summary>
    private bool IsBehind()
    {
        if (_extras is { } extras && extras.ReadFull == Loop.Now)
        {
            return true;
        }

        long before = _received;
        Read();
        return _received > before || State != ConnectionState.Open;
    }

    private void AppointNoLaterThan(long due)
    {
        if (due < Due)
        {
            Appoint(due);
        }
    }

    private void Appoint(long due)
    {
        if (due == Never)
        {
            Due = Never;
        }
        else
        {
            Loop.Timers.Schedule(this, due);
        }
    }
}
