using System.Diagnostics;
using System.Net.Sockets;

namespace QContinuum.Loops;

/// <summary>
/// One operation of a <see cref="PortableSocket"/>, used again and again: begun by its loop, and ended on whatever thread the runtime has for it. No
/// execution context flows to its end.
/// </summary>
/// <remarks>
/// <code>
///   Rests ──► UnderWay ──► Done ──► Rests
///     └──────────┴──────────┴─────► Abandoned
/// </code>
/// The loop makes all changes but that to Done, which is an exchange, as is that to Abandoned: of the two the later one sees the earlier, and
/// closes a socket that was accepted for nobody. Everything else here is written before the change to Done, and read by the loop after it has seen
/// that.
/// </remarks>
internal sealed class PortableOperation(PortableSocket socket) : SocketAsyncEventArgs(true), IThreadPoolWorkItem
{
    private volatile State _state;

    private enum State
    {
        Rests,
        UnderWay,
        Done,
        Abandoned,
    }

    internal bool IsResting => _state == State.Rests;

    internal bool IsUnderWay => _state == State.UnderWay;

    internal bool IsDone => _state == State.Done;

    internal bool HasFailed => IsDone && SocketError != SocketError.Success;

    /// <summary>Begins it; it may be done at once, and is then not told to the queue.</summary>
    /// <param name="on">What it is an operation of.</param>
    /// <param name="begin">Whether it is under way; otherwise it is done.</param>
    /// <param name="inTurn">Also what is done at once is told to the queue, and not before the ends of other operations that the runtime knows of.</param>
    internal void Begin(Socket on, Func<Socket, SocketAsyncEventArgs, bool> begin, bool inTurn = false)
    {
        Debug.Assert(_state == State.Rests, "an operation is begun when the one before it is over");
        _state = State.UnderWay;
        bool isUnderWay;
        try
        {
            isUnderWay = begin(on, this);
        }
        catch (SocketException exception)
        {
            // No descriptor for the socket that is to be accepted, or an address that cannot be connected to.
            SocketError = exception.SocketErrorCode;
            isUnderWay = false;
        }

        if (isUnderWay)
        {
            return;
        }

        if (inTurn)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        else
        {
            _state = State.Done;
        }
    }

    /// <summary>How it ended has been taken note of.</summary>
    internal void Rest()
    {
        Debug.Assert(_state == State.Done, "an operation rests when it is over");
        _state = State.Rests;
    }

    /// <summary>Nobody waits for it any more.</summary>
    internal void Abandon()
    {
        if (Interlocked.Exchange(ref _state, State.Abandoned) != State.UnderWay)
        {
            AcceptSocket?.Dispose();
        }

        // While it is under way, this only says that it is to be disposed of when it ends.
        Dispose();
    }

    void IThreadPoolWorkItem.Execute() => OnCompleted(this);

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        if (Interlocked.CompareExchange(ref _state, State.Done, State.UnderWay) == State.Abandoned)
        {
            AcceptSocket?.Dispose();
            return;
        }

        socket.Queue!.Complete(socket);
    }
}
