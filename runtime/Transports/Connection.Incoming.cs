using QContinuum.Buffers;
using QContinuum.Loops;

namespace QContinuum.Transports;

/// <summary>The read path: what the kernel says is ready is received into the loop's block and handed to the owner, as long as it has room.</summary>
internal abstract partial class Connection
{
    private Readiness _interest;

    /// <summary>Until when nothing is read; 0 where that was never so.</summary>
    private long ThrottledUntil => _extras?.ThrottledUntil ?? 0;

    /// <summary>Whether it holds so much that it must wait, since memory is short.</summary>
    private bool IsTooMuch => Loop.Pressure != MemoryPressure.None && Held > MemoryGuard.ModestBytes;

    /// <summary>
    /// Bytes of one read. While memory is short, no more than what a peer may hold that is read nevertheless: so many may be ready in one turn of the loop that what they are
    /// sent is far more than is left.
    /// </summary>
    private int MostToRead => Loop.Pressure == MemoryPressure.None ? EventLoop.ReadSize : MemoryGuard.ModestBytes;

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
            if ((readiness & (Readiness.Failed | Readiness.HungUp)) != 0)
            {
                // What is merely readable was so before the flush, which found that it is not to be read now.
                HangUp(readiness);
            }

            return;
        }

        Read();
    }

    /// <summary>Nobody is there any more, which would be reported for ever. What came before is still to be read, or handled, once the lane has room.</summary>
    private void HangUp(Readiness readiness)
    {
        bool isReset = IsReset || ((readiness & Readiness.Failed) != 0 && WasReset());
        if ((isReset || State == ConnectionState.Ending) && Owner.UnreadSince > 0)
        {
            // Nobody reads it, and perhaps nobody will.
            CloseNow(_remoteEnded ? CloseReason.None : CloseReason.Reset, reset: true);
            return;
        }

        Suspend();
        StopSending(isReset);
        Owner.OnHungUp();
    }

    /// <summary>One read a turn: what is left is reported again, after the other connections had theirs.</summary>
    private void Read()
    {
        Block block = Loop.ReadBlock;
        int received = Receive(block, MostToRead);
        if (received > 0)
        {
            NoteReceived(received);
            Volatile.Write(ref _received, _received + received);
            if (options.MaxBytesPerSecond is { } rate)
            {
                Throttle(Extras.ByteRate.Count(received, rate, Loop.Now));
            }

            if (Owner.OnReceived(block, received))
            {
                Loop.RenewReadBlock();
            }

            Loop.LookIfGrown();
            UpdateInterest();
        }
        else if (received == 0 && !IsReset)
        {
            _remoteEnded = true;
            End();
        }
        else if (received is 0 or -(int)IoError.Reset)
        {
            CloseNow(CloseReason.Reset, reset: true);
        }
    }

    /// <summary>Has the kernel report just what can be served now; a system call only when that changed.</summary>
    private void UpdateInterest()
    {
        bool read = State switch
        {
            ConnectionState.Open => !_congested && !Owner.IsFull && !IsTooMuch && ThrottledUntil <= Loop.Now,
            ConnectionState.Lingering => IsFault || Lingered <= MostLingered,
            ConnectionState.Draining => !_remoteEnded && Lingered <= MostLingered,
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
