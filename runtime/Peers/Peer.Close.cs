using System.Net.Sockets;
using QContinuum.Loops;

namespace QContinuum;

/// <summary>How a peer ends: the first reason stands, the lane is told once, and whoever waits for it is released.</summary>
/// <remarks>
/// <code>
///   reason None ──(first of: app, server, protocol, socket; one CAS)──► reason R ──► connection ends ──► Closed(R) on the lane ──► Completion
/// </code>
/// </remarks>
public sealed partial class Peer
{
    private int _reason;
    private bool _isStopped;
    private bool _isHungUp;
    private bool _isFinished;

    /// <summary>
    /// Cancelled when closing begins, for whatever reason, or nobody is there any more: for what an asynchronous handler awaits. Who merely ends what it sends may wait for
    /// the answer: after half a minute it is cancelled, too. A handler that has not ended half a minute later is not waited for any longer.
    /// </summary>
    public CancellationToken Aborted
    {
        get
        {
            CancellationTokenSource fresh = new();
            CancellationTokenSource source = Interlocked.CompareExchange(ref Extras.Aborted, fresh, null) ?? fresh;

            // Looked at only after the source is to be seen; whoever sets the reason sets it first and looks for a source afterwards.
            if (Reason != CloseReason.None || Volatile.Read(ref _isHungUp))
            {
                _ = source.CancelAsync();
            }

            return source.Token;
        }
    }

    /// <summary>Completes, with the reason, after the Closed handler has run.</summary>
    public Task<CloseReason> Completion
    {
        get
        {
            TaskCompletionSource<CloseReason> fresh = new(TaskCreationOptions.RunContinuationsAsynchronously);
            TaskCompletionSource<CloseReason> source = Interlocked.CompareExchange(ref Extras.Completion, fresh, null) ?? fresh;

            // Looked at only after the source is to be seen; the lane notes the end first, by an exchange, and looks for a source afterwards: one of them sees the other.
            if (Volatile.Read(ref _isFinished))
            {
                source.TrySetResult(Reason);
            }

            return source.Task;
        }
    }

    /// <summary>Why the peer is closing or closed; <see cref="CloseReason.None"/> while it is open.</summary>
    public CloseReason Reason => (CloseReason)Volatile.Read(ref _reason);

    /// <summary>
    /// Closes the peer: no further message of it is handled, what is queued is written, then the other side is told. Closing twice is closing once.
    /// </summary>
    public void Close()
    {
        Interlocked.Or(ref _interruption, StoppedFlag);
        TrySetReason(CloseReason.Local);
        _connection.Close();
    }

    /// <summary>
    /// Closes the peer (<see cref="CloseReason.Unauthenticated"/>) unless it has a <see cref="UserId"/> when the time is over; who has one then
    /// may lose it later. Called again, the time begins anew. All of it counts, also what this side takes to look the user up.
    /// </summary>
    /// <param name="timeout">The time from now on, from 1 ms to a day.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is shorter or longer.</exception>
    public void RequireUserWithin(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, TimeSpan.FromDays(1));
        Volatile.Write(ref Extras.UserDue, _connection.Loop.Clock() + (timeout.Ticks / TimeSpan.TicksPerMillisecond));
        _connection.Appoint();
    }

    /// <summary>Closes the peer at once: what waits to be sent is lost, and the other side sees a reset; through a unix domain socket, which has none, an end.</summary>
    public void Abort()
    {
        Interlocked.Or(ref _interruption, StoppedFlag);
        TrySetReason(CloseReason.Local);
        _connection.Abort();
    }

    /// <summary>Closes the peer and waits until its Closed handler has run. Not within one of its own handlers, which it would wait for.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        await Completion.ConfigureAwait(false);
    }

    /// <summary>Closes a peer that broke the protocol, or whose handler failed. Lane only.</summary>
    internal void Fail(CloseReason reason, string what)
    {
        Interlocked.Or(ref _interruption, StoppedFlag);
        TrySetReason(reason, what);
        _connection.Close();
    }

    /// <summary>A handler of a message failed. Lane only.</summary>
    internal void HandlerThrew(string what, Exception thrown)
    {
        bool isGivingUp = IsGivingUp(thrown);
        if (_options.WhenHandlerThrows == HandlerFaultPolicy.Close && !isGivingUp)
        {
            Fail(CloseReason.HandlerFault, $"{what} threw: {Thrown.Text(thrown)}");
            return;
        }

        _goesOn = true;
        if (!isGivingUp)
        {
            _options.WriteLog($"{this}: {what} threw: {Thrown.Text(thrown)}");
        }
    }

    /// <summary>Of an end in order; and of one that is known before it has been read.</summary>
    private CloseReason EndReason => Volatile.Read(ref _isStopped) ? CloseReason.Stopped : _connection.IsReset ? CloseReason.Reset : CloseReason.Remote;

    /// <summary>Who heard of the end by <see cref="Aborted"/>, or by a request that is not answered any more, and gave up what it did, has not failed.</summary>
    private bool IsGivingUp(Exception thrown)
        => Reason != CloseReason.None || Volatile.Read(ref _isHungUp) ? thrown is OperationCanceledException or PeerClosedException
            : (Volatile.Read(ref _hasNoReplies) || _connection.IsUntaken) && thrown is PeerClosedException;

    /// <summary>The server stops: what has been received is still handled, then the peer ends; <see cref="AbortByServer"/> follows when it has had the time for it.</summary>
    internal void StopByServer()
    {
        Volatile.Write(ref _isStopped, true);
        _connection.CloseByServer();
    }

    /// <summary>The same, where it is <paramref name="processor"/> that stops, which aborts nobody; unless it has gone to another one.</summary>
    internal void StopBy(Processor processor)
    {
        if (Processor == processor)
        {
            Volatile.Write(ref _isStopped, true);
            _connection.Close();
        }
    }

    /// <summary>The server has waited long enough.</summary>
    internal void AbortByServer()
    {
        Interlocked.Or(ref _interruption, StoppedFlag);
        TrySetReason(CloseReason.Stopped);
        _connection.Abort();
    }

    /// <summary>Whether nothing of it follows. Any thread.</summary>
    internal bool IsFinished => Volatile.Read(ref _isFinished);

    private bool TrySetReason(CloseReason reason, string? what = null)
    {
        // One of all threads gets past this, which is a full fence: what is looked for below was there before, or its maker finds the reason.
        if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)CloseReason.None) != (int)CloseReason.None)
        {
            return false;
        }

        if (Volatile.Read(ref _extras) is { } extras)
        {
            _ = Volatile.Read(ref extras.Aborted)?.CancelAsync();
            Volatile.Read(ref extras.Requests)?.Close(reason);
            extras.Reader?.LetGo();
        }

        if (what is not null)
        {
            _options.WriteLog($"{this} closed, {reason}: {what}");
        }

        return true;
    }

    /// <summary>After the Closed handler. Lane only.</summary>
    private void FinishClosing()
    {
        if (Interlocked.Exchange(ref _isFinished, true))
        {
            return;
        }

        _partial.Clear();
        LeaveProcessor();
        _extras?.Connecting?.TrySetException(Volatile.Read(ref _isStopped)
            ? new PeerClosedException(CloseReason.Stopped)
            : new SocketException((int)(_connection.ConnectError == SocketError.Success ? SocketError.ConnectionAborted : _connection.ConnectError)));
        _server?.OnPeerClosed(this);
        if (Volatile.Read(ref _extras) is { } extras)
        {
            Volatile.Read(ref extras.Completion)?.TrySetResult(Reason);
        }

        if (_isAttached)
        {
            _processor.Detach();
        }
    }

    private void LeaveProcessor()
    {
        if (!_isLate)
        {
            _processor.Leave();
        }
    }
}
