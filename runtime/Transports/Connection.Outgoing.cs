using System.Diagnostics;
using QContinuum.Buffers;
using QContinuum.Loops;

namespace QContinuum.Transports;

/// <summary>The write path: chains of blocks come in through the outbox, wait in the queue, and leave with as few system calls as possible.</summary>
internal abstract partial class Connection
{
    /// <summary>System calls for one connection in one turn, so that a fast reader cannot keep the loop from the others.</summary>
    private const int SendsATurn = 16;

    /// <summary>The chain published last; the ones before it hang on <see cref="Block.Earlier"/>.</summary>
    private Block? _outbox;
    private Block? _queueFirst;
    private Block? _queueLast;
    private int _pending;

    /// <summary>Bytes in the queue that answer what was received. Loop only.</summary>
    private int _answers;

    /// <summary>What the queue takes of memory, in KiB: each block is counted whole, whatever is in it. Loop only.</summary>
    private int _queued;
    private bool _blocked;
    private bool _congested;

    /// <summary>
    /// Whether the other side takes nothing any more. What is sent is dropped from then on; what came before is still read, and its end, in order or not, is the connection's.
    /// </summary>
    private bool _isUntaken;

    /// <summary>See there. Any thread.</summary>
    internal bool IsUntaken => Volatile.Read(ref _isUntaken);

    /// <summary>Of what is untaken, whether the other side has reset it. Any thread.</summary>
    internal bool IsReset => Volatile.Read(ref _extras) is { WasReset: true };

    /// <summary>
    /// Bytes of memory that closing would free, as far as is known: where the oldest is shared, the part of one of those who have not taken it. Those who are faster have let go
    /// of it. Loop only; elsewhere a look at it.
    /// </summary>
    private long Queued => Math.Max(1024L * Volatile.Read(ref _queued), Pending) / Math.Max(_queueFirst?.Sharers ?? 1, 1);

    /// <summary>Bytes published and not yet written. Any thread.</summary>
    internal int Pending => Volatile.Read(ref _pending);

    /// <summary>Whether the outbox holds chains that a send on the loop would overtake.</summary>
    private bool HasOutbox => Volatile.Read(ref _outbox) is not null;

    /// <summary>
    /// Hands over a chain of blocks, whose ownership passes to the connection, and has it written. Any thread; chains of one thread leave
    /// in the order in which they were published.
    /// </summary>
    internal void Publish(Block first, Block last, int bytes)
    {
        // Counted before it is to be seen, so that the count never falls below nothing.
        Interlocked.Add(ref _pending, bytes);
        PublishReserved(first, last);
    }

    /// <summary>The same for what was counted by <see cref="Reserve"/>.</summary>
    internal void PublishReserved(Block first, Block last)
    {
        Put(first, last);
        Schedule();
    }

    /// <summary>
    /// Counts bytes that are to be published, unless more than <paramref name="most"/> would wait then. Any thread; of several at once each sees what those before it have
    /// reserved.
    /// </summary>
    /// <returns>How many would wait; if more than <paramref name="most"/>, nothing was reserved.</returns>
    internal long Reserve(int bytes, int most)
    {
        int pending = Pending;
        while (true)
        {
            long waiting = (long)pending + bytes;
            if (waiting > most)
            {
                return waiting;
            }

            int seen = Interlocked.CompareExchange(ref _pending, (int)waiting, pending);
            if (seen == pending)
            {
                return waiting;
            }

            pending = seen;
        }
    }

    /// <summary>What was reserved is not published. Who waits for less to wait may have waited for that.</summary>
    internal void GiveBack(int bytes)
    {
        Interlocked.Add(ref _pending, -bytes);
        Schedule();
    }

    /// <summary>The same, but the loop is not woken: see <see cref="Pollable.ScheduleQuietly"/>. Any thread.</summary>
    internal void PublishQuietly(Block first, Block last, int bytes)
    {
        Interlocked.Add(ref _pending, bytes);
        PublishReservedQuietly(first, last);
    }

    /// <summary>The same for what was counted by <see cref="Reserve"/>.</summary>
    internal void PublishReservedQuietly(Block first, Block last)
    {
        Put(first, last);
        ScheduleQuietly();
    }

    private void Put(Block first, Block last)
    {
        // The compare-and-swap publishes the blocks with what is in them; the loop takes the
        // whole stack by an exchange, which acquires them, after the flag of Schedule: see Pollable.
        Debug.Assert(first.Length > 0 && last.Next is null, "a chain holds something and has an end");
        first.ChainLast = last;
        Block? head;
        do
        {
            head = Volatile.Read(ref _outbox);
            first.Earlier = head;
        }
        while (Interlocked.CompareExchange(ref _outbox, first, head) != head);
    }

    /// <summary>
    /// Writes a chain at once, as far as the kernel takes it, and queues the rest. Loop thread, for a lane that is the connection's own loop.
    /// </summary>
    internal void PublishHere(Block first, Block last, int bytes)
    {
        Debug.Assert(Loop.IsLoopThread, "what is written here is written by the loop");
        if (State == ConnectionState.Closed || _isUntaken)
        {
            Release(first);
            return;
        }

        int sent = 0;
        if (State == ConnectionState.Open && !_blocked && _queueFirst is null && !HasOutbox)
        {
            // Nothing waits before it: what the kernel takes at once has never to be counted and queued.
            sent = Send(first);
            if (sent == bytes)
            {
                NoteSent();
                Volatile.Write(ref _sent, _sent + bytes);
                Release(first);
                return;
            }
        }

        if (sent < 0 && sent != -(int)IoError.WouldBlock)
        {
            Release(first);
            StopSending(sent == -(int)IoError.Reset);
            return;
        }

        // What other threads published earlier goes first; but what they publish now may not come between the two parts of this.
        if (sent <= 0)
        {
            TakeOutbox();
        }

        Interlocked.Add(ref _pending, bytes);
        Enqueue(first, last);
        if (sent > 0)
        {
            NoteSent();
            Written(sent);
        }

        // Which also hears of an error that came meanwhile.
        FlushUnlessBlocked();
    }

    /// <summary>Completes when no more than the low watermark waits, or the connection has closed. Any thread.</summary>
    internal Task WhenBelowLowWatermark()
    {
        TaskCompletionSource fresh = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource waiter = Interlocked.CompareExchange(ref Extras.BelowLowWatermark, fresh, null) ?? fresh;

        // Looked at only after the waiter is to be seen; the loop lowers the count first and looks for waiters afterwards.
        if (Pending <= options.LowWatermark)
        {
            ReleaseWaiters();
        }

        return waiter.Task;
    }

    private static void Release(Block? chain)
    {
        while (chain is not null)
        {
            Block? next = chain.Next;
            chain.Release();
            chain = next;
        }
    }

    private void Enqueue(Block first, Block last)
    {
        if (TryJoin(first))
        {
            return;
        }

        for (Block? block = first; block is not null; block = block.Next)
        {
            // What is empty would never have been written: the queue would not come to its end.
            Debug.Assert(block.Length > 0, "each block of a chain holds something");
            _answers += block.IsAnswer ? block.Length : 0;
            _queued += KibibytesOf(block);
        }

        if (_queueLast is null)
        {
            _queueFirst = first;
        }
        else
        {
            _queueLast.Next = first;
        }

        _queueLast = last;
    }

    /// <summary>
    /// Puts a short chain into what is free at the end of the queue. Who takes nothing is answered in small pieces, each in a block of its own that is nearly empty: they would
    /// take a thousand times as much memory as bytes wait. What is shared stays so: it takes nothing of its own.
    /// </summary>
    private bool TryJoin(Block first)
    {
        if (_queueLast is not { IsAlone: true } last || first.Next is not null || first.IsView || last.Free < first.Length || last.IsAnswer != first.IsAnswer)
        {
            return false;
        }

        _answers += first.IsAnswer ? first.Length : 0;
        first.Memory(first.Start, first.Length).Span.CopyTo(last.FreeSpan(first.Length));
        last.End += first.Length;
        first.Release();
        return true;
    }

    private static int KibibytesOf(Block block) => (block.Capacity + 1023) / 1024;

    /// <summary>Moves what other threads published behind what already waits, the earliest first.</summary>
    private void TakeOutbox()
    {
        if (!HasOutbox)
        {
            return;
        }

        Block? latest = Interlocked.Exchange(ref _outbox, null);
        Block? earliest = null;
        while (latest is not null)
        {
            Block? earlier = latest.Earlier;
            latest.Earlier = earliest;
            earliest = latest;
            latest = earlier;
        }

        while (earliest is not null)
        {
            Block chain = earliest;
            earliest = chain.Earlier;
            Enqueue(chain, chain.ChainLast!);
        }
    }

    /// <summary>While the kernel has no room, its word that it has some again is awaited, and nothing is tried.</summary>
    private void FlushUnlessBlocked()
    {
        if (_blocked)
        {
            TakeOutbox();
            Settle();
        }
        else
        {
            Flush();
        }
    }

    private void Flush()
    {
        if (State is ConnectionState.New or ConnectionState.Connecting or ConnectionState.Lingering or ConnectionState.Closed)
        {
            return;
        }

        if (_isUntaken)
        {
            DropOutgoing();
            Settle();
            return;
        }

        TakeOutbox();
        bool wasBlocked = _blocked;
        _blocked = false;
        for (int sends = 0; _queueFirst is { } first; sends++)
        {
            int sent = sends == SendsATurn ? -(int)IoError.WouldBlock : Send(first);
            if (sent == -(int)IoError.WouldBlock)
            {
                // Out of budget or out of room: writable readiness, level-triggered, brings us back.
                _blocked = true;
                if (!wasBlocked || sends > 0)
                {
                    NoteBlocked();
                }

                break;
            }

            if (sent < 0)
            {
                if (State <= ConnectionState.Ending)
                {
                    StopSending(sent == -(int)IoError.Reset);
                }
                else
                {
                    CloseNow(CloseReason.Reset, reset: true);
                }

                return;
            }

            NoteSent();
            Written(sent);
        }

        Settle();
    }

    /// <summary>Releases what has been written.</summary>
    private void Written(int count)
    {
        Interlocked.Add(ref _pending, -count);
        Volatile.Write(ref _sent, _sent + count);
        while (count > 0)
        {
            Block block = _queueFirst!;
            int taken = Math.Min(count, block.Length);
            block.Start += taken;
            count -= taken;
            _answers -= block.IsAnswer ? taken : 0;
            if (block.Length > 0)
            {
                Debug.Assert(count == 0, "what was written is the beginning of the queue");
                return;
            }

            _queueFirst = block.Next;
            if (_queueFirst is null)
            {
                _queueLast = null;
            }

            _queued -= KibibytesOf(block);
            block.Release();
        }
    }

    /// <summary>After a flush: watermarks, the end of a drain, and what to be told of next.</summary>
    private void Settle()
    {
        // Of answers alone: who is sent much by others need not be kept from speaking. Two sides that both stopped reading since each has much for the other
        // would wait for ever.
        _congested = _answers > (_congested ? options.LowWatermark : options.HighWatermark);
        if (Volatile.Read(ref _extras) is { } extras && Pending <= options.LowWatermark && Volatile.Read(ref extras.BelowLowWatermark) is not null)
        {
            ReleaseWaiters();
        }

        if (State == ConnectionState.Draining && _queueFirst is null && !HasOutbox)
        {
            FinishDraining();
            return;
        }

        UpdateInterest();
    }

    private void ReleaseWaiters()
    {
        if (Volatile.Read(ref _extras) is { } extras)
        {
            Interlocked.Exchange(ref extras.BelowLowWatermark, null)?.TrySetResult();
        }
    }

    /// <summary>A send failed, or cannot but fail.</summary>
    private void StopSending(bool isReset)
    {
        // Who finds it untaken finds also why.
        if (isReset)
        {
            Extras.WasReset = true;
        }

        Volatile.Write(ref _isUntaken, true);
        _blocked = false;
        DropOutgoing();
        Settle();
    }

    /// <summary>Drops everything that waits: nobody takes it any more. Who has reserved something and not yet handed it over has it dropped then.</summary>
    private void DropOutgoing()
    {
        TakeOutbox();
        int dropped = 0;
        for (Block? block = _queueFirst; block is not null; block = block.Next)
        {
            dropped += block.Length;
        }

        Release(_queueFirst);
        _queueFirst = null;
        _queueLast = null;
        _answers = 0;
        _queued = 0;
        Interlocked.Add(ref _pending, -dropped);
        ReleaseWaiters();
    }
}
