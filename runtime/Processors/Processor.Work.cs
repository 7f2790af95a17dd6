using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using QContinuum.Loops;

namespace QContinuum;

/// <summary>What a processor does besides messages: posted functions, events of the application, ticks. Every member may be called on any thread.</summary>
/// <remarks>
/// All of it runs on one thread, in the order in which it was asked for: of a queued processor on its pump, in one order with the messages; of a
/// <see cref="Threading.PerLoop"/> one on its loop; of an <see cref="Threading.Inline"/> one, whose handlers run on many threads, on a thread of its own.
/// What it throws goes to <see cref="PeerOptions.Log"/> of the server, or of the peer without one, that began to use the processor last.
/// </remarks>
public abstract partial class Processor
{
    /// <summary>Functions that may wait, because the queue of messages is full or the loop is busy: more are never needed by who waits for what they do.</summary>
    private const int MostBehind = 1_000_000;

    /// <summary>What is posted before a per-loop processor has its loop; null as long as nothing is.</summary>
    private ConcurrentQueue<(SendOrPostCallback Callback, object? State)>? _waitingForLoop;

    /// <summary>Of each event, in the order in which they were added.</summary>
    private readonly ConcurrentDictionary<Type, ImmutableArray<Registration>> _eventHandlers = new();
    private readonly List<Tick> _ticks = [];

    /// <summary>Those who are about to post.</summary>
    private int _posting;

    /// <summary>Runs a function on the processor's thread, in order with its messages. What it throws is logged and ends nothing else.</summary>
    /// <param name="action">The function. It should not block: everything else of the processor waits for it.</param>
    /// <exception cref="ObjectDisposedException">The processor was stopped.</exception>
    /// <exception cref="InvalidOperationException">A million functions wait: they are posted faster than they run.</exception>
    public void Post(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        PostFromOutside(
            static action =>
            {
                Lane.BeginCall();
                ((Action)action!)();
            },
            action);
    }

    /// <summary>Runs a function with an argument, like <see cref="Post(Action)"/>: nothing is captured.</summary>
    /// <typeparam name="TState">The argument.</typeparam>
    /// <param name="action">The function.</param>
    /// <param name="state">Its argument.</param>
    /// <exception cref="ObjectDisposedException">The processor was stopped.</exception>
    /// <exception cref="InvalidOperationException">A million functions wait: they are posted faster than they run.</exception>
    public void Post<TState>(Action<TState> action, TState state)
    {
        ArgumentNullException.ThrowIfNull(action);
        PostFromOutside(
            static posted =>
            {
                Lane.BeginCall();
                var (action, state) = ((Action<TState>, TState))posted!;
                action(state);
            },
            (action, state));
    }

    /// <summary>Adds a handler of an event of the application: see <see cref="Raise{TEvent}"/>. One event may have several, called in the order in which they were added.</summary>
    /// <typeparam name="TEvent">The event: a type of the application's own.</typeparam>
    /// <param name="handler">What is called, on the processor's thread.</param>
    /// <returns>What removes the handler when it is disposed of; events raised before that may still reach it.</returns>
    public IDisposable On<TEvent>(Action<TEvent> handler)
        where TEvent : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        Registration added = new(handler);
        _eventHandlers.AddOrUpdate(typeof(TEvent), [added], (_, others) => others.Add(added));
        return new Removal(() => Remove(typeof(TEvent), added));
    }

    /// <summary>Raises an event: its handlers are called on the processor's thread, in order with messages and posted functions. What one throws is logged, and the others are called.</summary>
    /// <typeparam name="TEvent">The event, as its handlers were added: not a type derived from it.</typeparam>
    /// <param name="happened">The event.</param>
    /// <returns>False when no handler takes it: then nothing is queued.</returns>
    /// <exception cref="ObjectDisposedException">The processor was stopped.</exception>
    /// <exception cref="InvalidOperationException">A million functions and events wait: they come faster than they run.</exception>
    public bool Raise<TEvent>(TEvent happened)
        where TEvent : notnull
    {
        if (!_eventHandlers.ContainsKey(typeof(TEvent)))
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _hasStopped), this);
            return false;
        }

        PostFromOutside(
            static raised =>
            {
                Lane.BeginCall();
                var (processor, happened) = ((Processor, TEvent))raised!;
                if (processor._eventHandlers.TryGetValue(typeof(TEvent), out ImmutableArray<Registration> registrations))
                {
                    foreach (Registration registration in registrations)
                    {
                        processor.Call((Action<TEvent>)registration.Handler, happened);
                    }
                }
            },
            (this, happened));
        return true;
    }

    /// <summary>
    /// Calls a function again and again on the processor's thread, while the processor is in use: by a server that runs, or by a peer. A tick whose
    /// predecessor has not run yet is left out, so that a slow one piles nothing up. What it throws is logged, and the next comes all the same.
    /// </summary>
    /// <param name="period">The time from one tick to the next, from 1 ms to a day.</param>
    /// <param name="tick">The function.</param>
    /// <param name="timeProvider">The clock; the system's if null.</param>
    /// <returns>What ends the ticks when it is disposed of.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="period"/> is shorter than 1 ms, or longer than a day.</exception>
    /// <exception cref="ObjectDisposedException">The processor was stopped.</exception>
    public IDisposable Every(TimeSpan period, Action tick, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(tick);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period, TimeSpan.FromDays(1));
        lock (_lifetime)
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _hasStopped), this);
            Tick added = new(this, period, tick, timeProvider ?? TimeProvider.System);
            _ticks.Add(added);
            added.Set(_users > 0);
            return added;
        }
    }

    private void CheckRoom()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _hasStopped), this);
        if (Volatile.Read(ref _pump) is { Behind: > MostBehind }
            || Volatile.Read(ref _loop) is { Posted: > MostBehind }
            || Volatile.Read(ref _waitingForLoop)?.Count > MostBehind)
        {
            throw new InvalidOperationException($"More than {MostBehind} functions wait for {GetType().Name}: they are posted faster than they run.");
        }
    }

    /// <summary>Posts what the application asks for, unless the processor has stopped.</summary>
    /// <remarks>
    /// Who posts counts itself (a full fence) before it looks whether the processor has stopped; <see cref="StopAsync"/> says so, fences, and waits until nobody is
    /// counted. So whoever got past the look has put its function before the last that runs.
    /// </remarks>
    private void PostFromOutside(SendOrPostCallback callback, object? state)
    {
        Interlocked.Increment(ref _posting);
        try
        {
            CheckRoom();
            PostToLane(callback, state);
        }
        finally
        {
            Interlocked.Decrement(ref _posting);
        }
    }

    private void PostToLane(SendOrPostCallback callback, object? state)
    {
        if (DispatchThreading != Threading.PerLoop)
        {
            (DispatchThreading == Threading.Inline ? WorkThread() : OwnPump).Post(callback, state);
        }
        else if (Volatile.Read(ref _loop) is { } loop || !TryWaitForLoop(callback, state, out loop))
        {
            loop.Post(callback, state);
        }
    }

    /// <summary>Until the processor has a loop what is posted waits, and nothing that is posted later overtakes it.</summary>
    /// <returns>False if it has one by now.</returns>
    private bool TryWaitForLoop(SendOrPostCallback callback, object? state, [NotNullWhen(false)] out EventLoop? loop)
    {
        lock (_lifetime)
        {
            loop = _loop;
            if (loop is null)
            {
                (_waitingForLoop ??= new()).Enqueue((callback, state));
            }

            return loop is null;
        }
    }

    /// <summary>The first loop is the processor's. What waited for it goes there before anybody sees it, and so before all that is posted from then on.</summary>
    private EventLoop BindOnce(EventLoop loop)
    {
        lock (_lifetime)
        {
            if ((_loop ?? _promised) is { } taken && taken != loop)
            {
                return taken;
            }

            while (_waitingForLoop is { } waiting && waiting.TryDequeue(out var post))
            {
                loop.Post(post.Callback, post.State);
            }

            Volatile.Write(ref _loop, loop);
            _promised = null;
            return loop;
        }
    }

    /// <summary>Of a per-loop processor that has no loop as it stops: its own pump runs what waits for one, and then <paramref name="last"/>.</summary>
    /// <returns>False if it has a loop, or needs none.</returns>
    private bool TryRunWithoutLoop(SendOrPostCallback last, object state)
    {
        lock (_lifetime)
        {
            if (!IsPerLoop || _loop is not null)
            {
                return false;
            }

            while (_waitingForLoop is { } waiting && waiting.TryDequeue(out var post))
            {
                OwnPump.Post(post.Callback, post.State);
            }

            OwnPump.Post(last, state);
            return true;
        }
    }

    /// <summary>Calls a handler, which may be several in one: each is called, whatever the one before it throws.</summary>
    private void Call<TEvent>(Action<TEvent> handlers, TEvent happened)
    {
        foreach (Action<TEvent> handler in Delegate.EnumerateInvocationList(handlers))
        {
            try
            {
                handler(happened);
            }
            catch (Exception exception)
            {
                Lane.Tell(_log, exception);
            }
        }
    }

    private void Remove(Type happened, Registration registration)
    {
        while (_eventHandlers.TryGetValue(happened, out ImmutableArray<Registration> registrations))
        {
            ImmutableArray<Registration> left = registrations.Remove(registration);
            bool isDone = left.IsEmpty
                ? _eventHandlers.TryRemove(new KeyValuePair<Type, ImmutableArray<Registration>>(happened, registrations))
                : _eventHandlers.TryUpdate(happened, left, registrations);
            if (isDone)
            {
                return;
            }
        }
    }

    private void SetTicks(bool isRunning)
    {
        foreach (Tick tick in _ticks)
        {
            tick.Set(isRunning);
        }
    }

    private void EndTicks()
    {
        lock (_lifetime)
        {
            while (_ticks.Count > 0)
            {
                _ticks[^1].Dispose();
            }
        }
    }

    /// <summary>A function that is called again and again. Its timer runs while the processor is in use, so that it keeps nothing alive otherwise.</summary>
    private sealed class Tick : IDisposable
    {
        private readonly Processor _processor;
        private readonly TimeSpan _period;
        private readonly Action _action;
        private readonly ITimer _timer;
        private int _isWaiting;
        private bool _isEnded;

        internal Tick(Processor processor, TimeSpan period, Action action, TimeProvider time)
        {
            _processor = processor;
            _period = period;
            _action = action;
            _timer = time.CreateTimer(static tick => ((Tick)tick!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            Volatile.Write(ref _isEnded, true);
            _timer.Dispose();
            lock (_processor._lifetime)
            {
                _processor._ticks.Remove(this);
            }
        }

        internal void Set(bool isRunning)
        {
            TimeSpan period = isRunning ? _period : Timeout.InfiniteTimeSpan;
            _timer.Change(period, period);
        }

        private void Ring()
        {
            if (Interlocked.Exchange(ref _isWaiting, 1) == 0)
            {
                _processor.PostToLane(static tick => ((Tick)tick!).Run(), this);
            }
        }

        private void Run()
        {
            // Lowered before the action: who rings meanwhile has it run once more.
            Volatile.Write(ref _isWaiting, 0);
            if (!Volatile.Read(ref _isEnded))
            {
                Lane.BeginCall();
                _action();
            }
        }
    }

    /// <summary>A handler of an event: an object for each time that it was added, which is told from every other.</summary>
    private sealed class Registration(Delegate handler)
    {
        internal Delegate Handler => handler;
    }

    /// <summary>Takes something back, once.</summary>
    private sealed class Removal(Action remove) : IDisposable
    {
        private Action? _remove = remove;

        public void Dispose() => Interlocked.Exchange(ref _remove, null)?.Invoke();
    }
}
