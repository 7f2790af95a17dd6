using System.Diagnostics.CodeAnalysis;
using QContinuum.Loops;
using QContinuum.Processors;
using QContinuum.Transports;

namespace QContinuum;

/// <summary>Where a processor runs, who uses it, and how it ends.</summary>
public abstract partial class Processor
{
    private readonly Lock _lifetime = new();
    private Pump? _pump;
    private EventLoop? _loop;

    /// <summary>The loop that will be the processor's once its server has all that it needs to start: meanwhile it can have no other.</summary>
    private EventLoop? _promised;
    private Action<string> _log = StandardErrorLog.Write;
    private TaskCompletionSource? _left;
    private Task? _stopping;
    private int _users;
    private int _peerCount;
    private bool _isStopping;
    private bool _hasStopped;
    private bool _hasWorkThread;

    /// <summary>Peers that this processor handles now. Any thread.</summary>
    public int PeerCount => Volatile.Read(ref _peerCount);

    /// <summary>The lane of a queued processor; null for one whose peers' lanes are their loops.</summary>
    internal Pump? Pump => DispatchThreading == Threading.Queued ? OwnPump : null;

    internal bool IsStopping => Volatile.Read(ref _isStopping);

    internal bool IsPerLoop => DispatchThreading == Threading.PerLoop;

    /// <summary>A pump of its own: the lane of a queued processor, and for an inline one the thread of what is posted to it.</summary>
    private Pump OwnPump => LazyInitializer.EnsureInitialized(ref _pump, () => new Pump(GetType().Name, () => _log, PumpHost));

    /// <summary>Who takes the steps of its pump in place of a thread, for tests.</summary>
    internal IPumpHost? PumpHost { get; init; }

    /// <summary>
    /// Ends the processor: its peers are closed in order (<see cref="CloseReason.Stopped"/>: what was received is handled, what is queued is written), then what
    /// was posted until then has its turn, and its ticks end. Stopping twice is stopping once. A peer that comes to it afterwards is closed without having opened. Not to be
    /// awaited in one of its own handlers, which it would wait for. Any thread.
    /// </summary>
    /// <returns>Completes when nothing of the processor runs any more; a peer that does not take what waits for it delays that by half a minute.</returns>
    public Task StopAsync()
    {
        lock (_lifetime)
        {
            return _stopping ??= StopCoreAsync();
        }
    }

    /// <summary>A server, or a peer that comes without one, will use the processor: the first use starts its pump and its ticks.</summary>
    /// <param name="log">Where what is posted says what it threw, as long as nobody else begins to use the processor.</param>
    internal void Attach(Action<string> log)
    {
        lock (_lifetime)
        {
            _log = log;
            if (_users++ == 0)
            {
                SetTicks(isRunning: true);
            }
        }

        try
        {
            Pump?.Attach();
        }
        catch
        {
            lock (_lifetime)
            {
                if (--_users == 0)
                {
                    SetTicks(isRunning: false);
                }
            }

            throw;
        }
    }

    /// <summary>A use has ended: the last one ends its ticks and the pump's thread.</summary>
    internal void Detach()
    {
        lock (_lifetime)
        {
            if (--_users == 0)
            {
                SetTicks(isRunning: false);
                if (_hasWorkThread)
                {
                    _hasWorkThread = false;
                    OwnPump.Detach();
                }
            }
        }

        Pump?.Detach();
    }

    /// <summary>The thread for what is posted to an inline processor: from the first time until the processor is not in use any more.</summary>
    private Pump WorkThread()
    {
        // Looked at once more under the lock. Who finds it set, and then too late, loses nothing: a pump that somebody posts to runs all the same.
        if (!Volatile.Read(ref _hasWorkThread))
        {
            lock (_lifetime)
            {
                if (_users > 0 && !_hasWorkThread)
                {
                    OwnPump.Attach();
                    _hasWorkThread = true;
                }
            }
        }

        return OwnPump;
    }

    /// <summary>One peer more: it looks at <see cref="IsStopping"/> afterwards, as whoever stops looks at the peers afterwards.</summary>
    /// <returns>
    /// False when the processor stops already: it waits for those that it has, and would wait for ever for those that come without pause. The peer is not counted, is not
    /// opened, and does not leave.
    /// </returns>
    internal bool TryEnter()
    {
        if (IsStopping)
        {
            return false;
        }

        // Counted by a full fence before the flag is looked at once more: whoever stops has seen it, or is seen, and then nothing of the peer runs behind the end.
        Interlocked.Increment(ref _peerCount);
        if (!IsStopping)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>One peer less.</summary>
    internal void Leave()
    {
        // A full fence between the count and the look for who waits; who stops has itself seen first, fences, and counts afterwards: one of them sees the other.
        if (Interlocked.Decrement(ref _peerCount) == 0)
        {
            Volatile.Read(ref _left)?.TrySetResult();
        }
    }

    /// <summary>Binds a <see cref="Threading.PerLoop"/> processor to the loop of its peers.</summary>
    /// <returns>False when it has another one.</returns>
    internal bool TryBind(EventLoop loop) => !IsPerLoop || (Volatile.Read(ref _loop) ?? BindOnce(loop)) == loop;

    /// <summary>The same, for who cannot go on without.</summary>
    /// <exception cref="InvalidOperationException">It has another one.</exception>
    internal void Bind(EventLoop loop)
    {
        if (!TryBind(loop))
        {
            ThrowBound();
        }
    }

    /// <summary>Keeps a <see cref="Threading.PerLoop"/> processor for the loop of a server that is about to start, until <see cref="Bind"/> or <see cref="BreakPromise"/>.</summary>
    /// <exception cref="InvalidOperationException">It has another one.</exception>
    internal void Promise(EventLoop loop)
    {
        if (!IsPerLoop)
        {
            return;
        }

        lock (_lifetime)
        {
            if ((_loop ?? _promised) is not null)
            {
                ThrowBound();
            }

            _promised = loop;
        }
    }

    /// <summary>The server does not start: whatever was posted meanwhile waits for the next loop.</summary>
    internal void BreakPromise()
    {
        lock (_lifetime)
        {
            _promised = null;
        }
    }

    [DoesNotReturn]
    private void ThrowBound()
        => throw new InvalidOperationException(
            $"A {nameof(Threading.PerLoop)} processor belongs to one event loop, and this {GetType().Name} has one already: "
            + $"give the server a factory that makes one each time, new {nameof(PeerServer)}(() => new {GetType().Name}()), or declare it {nameof(Threading.Queued)}.");

    /// <summary>The loop for a peer that connects: any, unless the processor belongs to one.</summary>
    internal EventLoop ChooseLoop(Pollers? pollers)
    {
        EventLoop loop = Volatile.Read(ref _loop) ?? (pollers ?? Pollers.Default).SharedLoops.Choose();
        Bind(loop);
        return !loop.IsOver
            ? loop
            : throw new InvalidOperationException(
                $"The event loop of this {GetType().Name} has ended with its server: a {nameof(Threading.PerLoop)} processor serves no peer after that.");
    }

    private async Task StopCoreAsync()
    {
        // Off the caller's thread, which holds the lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (EndEntering() is { } left)
        {
            LoopGroup.ForEachOfAll(
                this,
                static (pollable, processor) =>
                {
                    if (pollable is Connection { Owner: Peer peer })
                    {
                        peer.StopBy((Processor)processor!);
                    }
                });
            await left.ConfigureAwait(false);
        }

        // Until now its peers had something to finish, and may have posted for that.
        EndPosting();
        EndTicks();
        TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
        SendOrPostCallback finish = static finished => ((TaskCompletionSource)finished!).SetResult();
        if (!TryRunWithoutLoop(finish, finished))
        {
            PostToLane(finish, finished);
        }

        await finished.Task.ConfigureAwait(false);
    }

    /// <summary>From here on no peer enters.</summary>
    /// <returns>Completes when the last of those who are there has left; null where nobody is there.</returns>
    internal Task? EndEntering()
    {
        TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _left, left);
        Volatile.Write(ref _isStopping, true);

        // Raised before the peers are counted; a peer is counted, by a full fence, before it looks at the flag.
        Interlocked.MemoryBarrier();
        return PeerCount > 0 ? left.Task : null;
    }

    /// <summary>From here on nothing is posted from outside, and what was is on its lane.</summary>
    internal void EndPosting()
    {
        Volatile.Write(ref _hasStopped, true);

        // Raised before it looks who is posting; who posts is counted, by a full fence, before it looks at the flag: it is waited for, or has seen it.
        Interlocked.MemoryBarrier();
        SpinWait.SpinUntil(() => Volatile.Read(ref _posting) == 0);
    }
}
