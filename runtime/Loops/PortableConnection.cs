using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using QContinuum.Buffers;

namespace QContinuum.Loops;

/// <summary>The socket of a connection, accepted or being made.</summary>
/// <remarks>
/// While it is watched, a receive of no bytes is under way; when that has ended, there is something to be received, or the connection has ended. It
/// is begun again after something was received: so what was not received is told again. Who does not ask for that is told of an end all the same,
/// unless bytes wait before it.
/// A socket has room until a send found none. Then the first bytes of what was to be sent are copied, and sent by an
/// operation, which ends when there is room. They count as sent with the next call, whose chain still begins with them: what is refused stays first
/// in its queue until it was sent, or the connection is closed. That needs no timer, and nothing is looked at again and again while the other side
/// takes nothing.
/// </remarks>
internal sealed class PortableConnection : PortableSocket
{
    /// <summary>Few enough to be copied, and enough for a system call.</summary>
    private const int MostCopied = 2048;

    /// <summary>Most blocks in one send.</summary>
    private const int SegmentsASend = 64;

    /// <summary>
    /// What the kernel may hold of what was sent. How much the other side has confirmed is not known, only that there is room again: with a bound
    /// on the megabytes that a kernel would take otherwise, who takes what it is sent slowly is told from who takes nothing.
    /// </summary>
    private const int SendBufferBytes = 256 * 1024;

    /// <summary>What a send says where the other side has closed in order.</summary>
    private const SocketError NotTaken = SocketError.Shutdown;

    private readonly PortableOperation _receiving;

    /// <summary>The attempt to connect, and later what did not find room.</summary>
    private readonly PortableOperation _sending;

    /// <summary>Where it is to be connected to, until it is.</summary>
    private EndPoint? _target;

    /// <summary>Whether what ended the receive was looked into, since nobody receives it, and the end that was found.</summary>
    private bool _isLookedInto;
    private Readiness _end;
    private bool _isShutDown;

    internal PortableConnection(Socket socket, EndPoint? target = null)
        : base(Prepared(socket))
    {
        _receiving = new PortableOperation(this);
        _sending = new PortableOperation(this) { RemoteEndPoint = target };
        _target = target;
    }

    /// <summary>Some systems tell of an error only once: whoever heard of it has kept it here.</summary>
    internal bool IsReset => _receiving.HasFailed || (_sending.HasFailed && _sending.SocketError != NotTaken) || (_end & Readiness.Failed) != 0;

    private bool IsHungUp => _sending.HasFailed && _sending.SocketError == NotTaken;

    internal override Readiness Look()
    {
        if (Key == 0)
        {
            return Readiness.None;
        }

        if (_target is not null)
        {
            return LookAtAttempt();
        }

        if (_receiving.IsResting)
        {
            // In turn: who sends all the time would otherwise be ready again and again before the runtime has told of others.
            _receiving.Begin(Socket, static (socket, operation) => socket.ReceiveAsync(operation), inTurn: true);
        }

        if (_receiving.IsDone && (Interest & Readiness.Readable) == 0 && !_isLookedInto)
        {
            _isLookedInto = true;
            _end |= LookIntoIt();
        }

        Readiness readiness = IsReset ? Readiness.Failed | _end : IsHungUp ? Readiness.HungUp | _end : _end;
        readiness |= _receiving.IsDone ? Interest & Readiness.Readable : Readiness.None;
        return readiness | (_sending.IsUnderWay ? Readiness.None : Interest & Readiness.Writable);
    }

    internal SocketError FinishConnect()
    {
        Debug.Assert(_target is not null && _sending.IsDone, "the outcome is asked for when there is one");
        if (_sending.SocketError == SocketError.Success)
        {
            _target = null;
            _sending.Rest();
            Queue!.List(this);
            return SocketError.Success;
        }

        return _sending.SocketError;
    }

    internal int Receive(Span<byte> destination)
    {
        int received = Socket.Receive(destination, SocketFlags.None, out SocketError error);
        if (received == 0 && error == SocketError.Success && (IsReset || (_sending.IsUnderWay && TrySendNothing() is not (SocketError.Success or NotTaken))))
        {
            // What is being sent is about to hear of the reset, if it has not.
            return -(int)IoError.Reset;
        }

        if (_receiving is { IsDone: true, HasFailed: false })
        {
            _receiving.Rest();
            _isLookedInto = false;
            Queue!.List(this);
        }

        return error == SocketError.Success ? received : IsTransient(error) ? -(int)IoError.WouldBlock : -(int)IoError.Reset;
    }

    internal int Send(Block chain)
    {
        if (IsReset || IsHungUp)
        {
            return IsReset ? -(int)IoError.Reset : -(int)IoError.NotTaken;
        }

        if (_sending.IsResting)
        {
            int sent = SendNow(chain, out SocketError error);
            if (error == SocketError.Success)
            {
                return sent;
            }

            if (!IsTransient(error))
            {
                return Failure(error);
            }

            Debug.Assert(Queue is not null, "what finds no room is told to who watches");
            byte[] first = chain.Memory(chain.Start, Math.Min(chain.Length, MostCopied)).ToArray();
            _sending.SetBuffer(first, 0, first.Length);
            _sending.Begin(Socket, static (socket, operation) => socket.SendAsync(operation));
        }

        return _sending.IsUnderWay ? -(int)IoError.WouldBlock : FinishSending(chain);
    }

    internal void ShutdownWrite()
    {
        if (_isShutDown)
        {
            return;
        }

        _isShutDown = true;
        try
        {
            Socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It is not connected any more.
        }
    }

    internal void Close(bool reset)
    {
        Forget();
        if (!reset)
        {
            // Said in so many words: a socket that is disposed of while an operation is under way resets its connection otherwise.
            ShutdownWrite();
        }
        else if (Socket.AddressFamily != AddressFamily.Unix)
        {
            SetReset();
        }

        Dispose();
    }

    public override void Dispose()
    {
        _receiving.Abandon();
        _sending.Abandon();
        Socket.Dispose();
    }

    private static Socket Prepared(Socket socket)
    {
        socket.Blocking = false;
        socket.SendBufferSize = SendBufferBytes;
        return socket;
    }

    private static int Failure(SocketError error) => error == NotTaken ? -(int)IoError.NotTaken : -(int)IoError.Reset;

    private static bool IsTransient(SocketError error)
        => error is SocketError.WouldBlock or SocketError.Interrupted or SocketError.NoBufferSpaceAvailable;

    private Readiness LookAtAttempt()
    {
        if (_sending.IsResting)
        {
            _sending.Begin(Socket, static (socket, operation) => socket.ConnectAsync(operation));
        }

        if (!_sending.IsDone)
        {
            return Readiness.None;
        }

        return _sending.HasFailed ? Readiness.Writable | Readiness.Failed : Interest & Readiness.Writable;
    }

    /// <summary>What the end of a receive that nobody asks for means: nothing yet, where bytes are to be received first.</summary>
    private Readiness LookIntoIt()
    {
        int received = Socket.Receive(stackalloc byte[1], SocketFlags.Peek, out SocketError error);
        if (error != SocketError.Success)
        {
            return IsTransient(error) ? Readiness.None : Readiness.Failed;
        }

        if (received > 0)
        {
            return Readiness.None;
        }

        // The other side sends no more. Does it receive?
        return TrySendNothing() != SocketError.Success ? Readiness.HungUp : Readiness.None;
    }

    /// <summary>Why not even nothing can be sent, if so.</summary>
    private SocketError TrySendNothing()
    {
        Socket.Send(ReadOnlySpan<byte>.Empty, SocketFlags.None, out SocketError error);
        return IsTransient(error) ? SocketError.Success : error;
    }

    private int SendNow(Block chain, out SocketError error)
    {
        if (chain.Next is null)
        {
            return Socket.Send(chain.Memory(chain.Start, chain.Length).Span, SocketFlags.None, out error);
        }

        List<ArraySegment<byte>> segments = [];
        for (Block? block = chain; block is not null && segments.Count < SegmentsASend; block = block.Next)
        {
            segments.Add(new ArraySegment<byte>(block.Array, block.Start, block.Length));
        }

        return Socket.Send(segments, SocketFlags.None, out error);
    }

    private int FinishSending(Block chain)
    {
        if (_sending.HasFailed)
        {
            return Failure(_sending.SocketError);
        }

        int sent = _sending.BytesTransferred;
        Debug.Assert(
            chain.Memory(chain.Start, sent).Span.SequenceEqual(_sending.MemoryBuffer.Span[..sent]),
            "what did not find room is still the first to be sent");
        _sending.Rest();
        _sending.SetBuffer(null, 0, 0);
        return sent;
    }

    private void SetReset()
    {
        try
        {
            Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (SocketException)
        {
            // The other side was faster.
        }
    }
}
