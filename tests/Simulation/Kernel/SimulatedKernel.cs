using Microsoft.Extensions.Time.Testing;
using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Simulation.Tests.World;

namespace QContinuum.Simulation.Tests.Kernel;

/// <summary>
/// A kernel for one loop, whose every choice comes from a seed. All of it happens on the loop's thread, within its calls, and above all while it waits: then clients do
/// something, and only when nobody can do anything time passes. So a seed is the same run each time.
/// </summary>
/// <remarks>It looks at the loop, too: a call with a handle that was closed, a loop that goes round and round, and one that waits though it should not, are failures.</remarks>
internal sealed class SimulatedKernel(Random random, Odds odds, FakeTimeProvider clock, Action<string> trace) : IDisposable
{
    internal const int ListenerHandle = 1;

    private const int MostWaits = 300_000;
    private const int SomeEvents = 8;

    /// <summary>Longer than every deadline together: whoever is still there then, waits for nothing.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<nint, SimulatedConnection> _connections = [];
    private readonly Queue<SimulatedConnection> _backlog = new();
    private readonly List<(ulong Key, Readiness Readiness)> _events = [];
    private readonly List<ulong> _gone = [];
    private readonly ManualResetEventSlim _over = new();
    private readonly SemaphoreSlim _woken = new(0);
    private IReadOnlyList<IActor> _actors = [];
    private readonly SimulatedConnection _listener = new(ListenerHandle, 0, 0);
    private TimeSpan _passed;
    private bool _isOutOfDescriptors;
    private int _lastHandle = ListenerHandle;
    private int _waits;
    private volatile bool _isWoken;
    private volatile bool _isOver;

    /// <summary>What the loop did that no loop may do.</summary>
    internal string? Failure { get; private set; }

    /// <summary>Faults so far.</summary>
    internal int Faults { get; private set; }

    /// <summary>Asked once nobody can do anything any more and no connection is left.</summary>
    internal Action? AtEnd { get; set; }

    /// <summary>Whether somebody is there without a connection: then time goes on.</summary>
    internal Func<bool>? IsAnybodyLeft { get; set; }

    /// <summary>Asked whenever the loop waits.</summary>
    internal Action? AtTurn { get; set; }

    /// <summary>Asked before the server receives of a connection.</summary>
    internal Action<SimulatedConnection>? AtReceive { get; set; }

    internal void Begin(IReadOnlyList<IActor> actors) => _actors = actors;

    /// <summary>Waits until all is over, or has failed. Not on the loop.</summary>
    internal bool WaitForEnd(TimeSpan patience) => _over.Wait(patience);

    /// <summary>After the loop has ended.</summary>
    public void Dispose()
    {
        _over.Dispose();
        _woken.Dispose();
    }

    internal void Fail(string what)
    {
        Failure ??= what;
        trace($"FAILURE: {what}");
        _isOver = true;
        _over.Set();
    }

    internal SimulatedConnection Connect(int port)
    {
        SimulatedConnection connection = new(++_lastHandle, port, odds.Room);
        _connections.Add(connection.Handle, connection);
        _backlog.Enqueue(connection);
        trace($"client {port} connects");
        return connection;
    }

    internal SimulatedConnection Find(nint handle)
    {
        if (handle == ListenerHandle)
        {
            return _listener;
        }

        SimulatedConnection connection = _connections[handle];
        if (connection.IsClosed)
        {
            Fail($"a call with handle {handle}, of client {connection.Port}, after it was closed");
        }

        return connection;
    }

    internal int Wait(int timeoutMilliseconds)
    {
        _events.Clear();
        if (_isOver || !_listener.IsWatched)
        {
            // Before the beginning and after the end it is other threads that have something to do.
            if (!_isWoken && timeoutMilliseconds != 0)
            {
                _woken.Wait();
            }

            _isWoken = false;
            return 0;
        }

        if (++_waits > MostWaits)
        {
            Fail($"the loop went round {MostWaits} times, and there is no end: {Describe()}");
            return 0;
        }

        if (_isOutOfDescriptors && (_listener.Interest & Readiness.Readable) != 0)
        {
            Fail("the listener is watched though no descriptor was free: the loop would go round and round");
            return 0;
        }

        AtTurn?.Invoke();
        for (int i = random.Next(4); i > 0; i--)
        {
            Act();
        }

        if (odds.Happens(odds.Interruption))
        {
            Faults++;
            _isWoken = false;
            return 0;
        }

        Collect(odds.Delay);
        bool isReady = timeoutMilliseconds == 0 || _isWoken;
        while (_events.Count == 0 && !isReady && !_isOver)
        {
            if (!Act() && !IsAnythingReady())
            {
                if (IsOver())
                {
                    trace("over");
                    AtEnd?.Invoke();
                    _isOver = true;
                    _over.Set();
                    return 0;
                }

                if (timeoutMilliseconds > 0)
                {
                    LetTimePass(TimeSpan.FromMilliseconds(timeoutMilliseconds));
                    break;
                }

                LetTimePass(Step);
            }

            isReady = _isWoken;
            Collect(delay: 0);
        }

        _isWoken = false;
        return _events.Count;
    }

    internal Readiness Event(int index, out ulong key)
    {
        key = _events[index].Key;
        return _events[index].Readiness;
    }

    internal void Wake()
    {
        _isWoken = true;
        if (_isOver || !_listener.IsWatched)
        {
            _woken.Release();
        }
    }

    internal void Watch(nint handle, ulong key, Readiness interest, bool isNew)
    {
        Meanwhile();
        SimulatedConnection connection = Find(handle);
        if (connection.IsWatched == isNew)
        {
            Fail($"handle {handle} is {(isNew ? "added twice" : "changed and was not added")}");
        }

        _isOutOfDescriptors &= handle != ListenerHandle;
        connection.IsWatched = true;
        connection.Key = key;
        connection.Interest = interest;
    }

    internal void Unwatch(nint handle)
    {
        SimulatedConnection connection = Find(handle);
        connection.IsWatched = false;
        _gone.Add(connection.Key);
    }

    internal nint Accept(out SocketPeerAddress address)
    {
        address = default;
        _isOutOfDescriptors = false;
        if (_backlog.Count == 0 || odds.Happens(odds.NotNow))
        {
            return -(nint)IoError.WouldBlock;
        }

        if (odds.Happens(odds.NoDescriptor))
        {
            Faults++;
            _isOutOfDescriptors = true;
            return -(nint)IoError.NoDescriptor;
        }

        SimulatedConnection connection = _backlog.Dequeue();
        if (connection.IsReset || odds.Happens(odds.Aborted))
        {
            Faults++;
            connection.Reset();
            connection.IsClosed = true;
            return -(nint)IoError.Aborted;
        }

        connection.IsAccepted = true;
        address = SocketPeerAddress.OfVersion4(0x0100007F, (ushort)connection.Port);
        trace($"client {connection.Port} is accepted");
        return connection.Handle;
    }

    internal int Receive(nint handle, Span<byte> destination)
    {
        Meanwhile();
        SimulatedConnection connection = Find(handle);
        AtReceive?.Invoke(connection);
        if (connection.IsReset)
        {
            return -(int)IoError.Reset;
        }

        if (odds.Happens(odds.NotNow))
        {
            Faults++;
            return -(int)IoError.WouldBlock;
        }

        if (connection.ToServer.Count == 0)
        {
            return connection.HasClientEnded ? 0 : -(int)IoError.WouldBlock;
        }

        int count = Some(Math.Min(destination.Length, connection.ToServer.Count), odds.ShortReceive);
        for (int i = 0; i < count; i++)
        {
            destination[i] = connection.ToServer.Dequeue();
        }

        trace($"server receives {count} bytes of client {connection.Port}");
        return count;
    }

    internal int Send(nint handle, Block chain)
    {
        Meanwhile();
        SimulatedConnection connection = Find(handle);
        if (connection.HasServerEnded)
        {
            Fail($"a send to client {connection.Port} after its direction was shut down");
        }

        if (connection.IsReset)
        {
            return -(int)IoError.Reset;
        }

        if (connection.RoomToClient <= 0 || odds.Happens(odds.NotNow))
        {
            Faults++;
            return -(int)IoError.WouldBlock;
        }

        if (connection.IsRefused)
        {
            return -(int)IoError.NotTaken;
        }

        int there = 0;
        for (Block? block = chain; block is not null; block = block.Next)
        {
            there += block.Length;
        }

        int count = Some(Math.Min(there, connection.RoomToClient), odds.ShortSend);
        int left = count;
        for (Block? block = chain; left > 0; block = block.Next)
        {
            int some = Math.Min(left, block!.Length);
            foreach (byte one in block.Memory(block.Start, some).Span)
            {
                connection.ToClient.Enqueue(one);
            }

            left -= some;
        }

        trace($"server sends {count} of {there} bytes to client {connection.Port}");
        if (connection.IsGone)
        {
            connection.ToClient.Clear();
            connection.IsRefused = true;
        }

        return count;
    }

    internal void ShutdownWrite(nint handle)
    {
        Meanwhile();
        SimulatedConnection connection = Find(handle);
        trace($"server ends its direction to client {connection.Port}");
        connection.HasServerEnded = true;
    }

    /// <summary>As a kernel does: with bytes that nobody received, the other side is reset, and what it had not received yet is lost.</summary>
    internal void Close(nint handle, bool reset)
    {
        Meanwhile();
        SimulatedConnection connection = Find(handle);
        trace($"server closes client {connection.Port}{(reset ? " with a reset" : "")}");
        connection.IsClosed = true;
        if (reset || connection.ToServer.Count > 0)
        {
            connection.Reset();
        }

        connection.HasServerEnded = true;
    }

    private int Some(int most, double isShort)
    {
        if (most > 1 && odds.Happens(isShort))
        {
            Faults++;
            return 1 + random.Next(most - 1);
        }

        return most;
    }

    /// <summary>Before a call of the loop takes effect: others do not wait for it, threads of this process least of all.</summary>
    private void Meanwhile()
    {
        if (!_isOver && _listener.IsWatched && odds.Happens(odds.Meanwhile))
        {
            Act();
        }
    }

    /// <summary>Somebody who can do something does it.</summary>
    private bool Act()
    {
        IActor[] able = [.. _actors.Where(static actor => actor.CanAct)];
        if (able.Length == 0)
        {
            return false;
        }

        IActor actor = able[random.Next(able.Length)];
        try
        {
            // Not as the loop, whose thread is lent to them.
            Lane.As(null, () =>
            {
                actor.Act();
                return true;
            });
        }
        catch (Exception exception)
        {
            Fail($"{actor.GetType().Name} threw {exception}");
        }

        return true;
    }

    private bool IsAnythingReady() => Watched().Any(connection => ReadinessOf(connection) != Readiness.None);

    private bool IsOver() => IsAnybodyLeft?.Invoke() != true && _backlog.Count == 0 && _connections.Values.All(static connection => connection.IsClosed);

    private void LetTimePass(TimeSpan time)
    {
        trace("time passes");
        Pass(time);
        if (_passed > MostTime)
        {
            Fail($"nothing happens any more: {Describe()}");
        }
    }

    /// <summary>Time passes.</summary>
    internal void Pass(TimeSpan time)
    {
        _passed += time;
        Lane.As(null, () =>
        {
            clock.Advance(time);
            return true;
        });
    }

    private string Describe() => (IsAnybodyLeft?.Invoke() == true ? "not every peer is closed; " : "") + string.Join(
        "; ",
        _connections.Values.Where(static connection => !connection.IsClosed).Select(connection =>
            $"client {connection.Port}: {connection.ToServer.Count} bytes to the server, {connection.ToClient.Count} to it, watched for {connection.Interest}"));

    private IEnumerable<SimulatedConnection> Watched()
        => _connections.Values.Prepend(_listener).Where(static connection => connection.IsWatched && !connection.IsClosed);

    /// <summary>Level-triggered: what is ready is told as long as it is so, if not always at once; in any order, a few at a time.</summary>
    private void Collect(double delay)
    {
        SimulatedConnection[] watched = [.. Watched()];
        random.Shuffle(watched);
        foreach (SimulatedConnection connection in watched)
        {
            Readiness readiness = ReadinessOf(connection);
            if (readiness != Readiness.None && !odds.Happens(delay) && _events.Count < SomeEvents)
            {
                _events.Add((connection.Key, readiness));
            }
        }

        if (_gone.Count > 0 && _events.Count > 0 && odds.Happens(odds.Stale))
        {
            Faults++;
            _events.Insert(random.Next(_events.Count), (_gone[random.Next(_gone.Count)], Readiness.Readable | Readiness.Writable | Readiness.Failed));
        }
    }

    private Readiness ReadinessOf(SimulatedConnection connection)
    {
        if (connection == _listener)
        {
            return _backlog.Count > 0 ? connection.Interest & Readiness.Readable : Readiness.None;
        }

        if (connection.IsReset)
        {
            return Readiness.Failed | Readiness.HungUp | (connection.Interest & (Readiness.Readable | Readiness.Writable));
        }

        if (connection.IsRefused)
        {
            return Readiness.Failed | Readiness.HungUp | (connection.Interest & (Readiness.Readable | Readiness.Writable));
        }

        Readiness ready = connection.ToServer.Count > 0 || connection.HasClientEnded ? Readiness.Readable : Readiness.None;
        ready |= connection.RoomToClient > 0 ? Readiness.Writable : Readiness.None;
        Readiness hungUp = connection.HasClientEnded && connection.HasServerEnded ? Readiness.HungUp : Readiness.None;
        return (ready & connection.Interest) | hungUp;
    }
}
