using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using QContinuum.Buffers;
using QContinuum.Loops;

namespace QContinuum.Transports.Sockets;

/// <summary>The connection of a stream socket, TCP or unix, accepted or being made.</summary>
internal sealed class SocketConnection<TPoller> : Connection
    where TPoller : struct, IPoller
{
    private readonly nint _handle;
    private readonly bool _isConnecting;
    private bool _isSuspended;

    internal SocketConnection(EventLoop<TPoller> loop, nint handle, bool isConnecting, IConnectionOwner owner, PeerOptions options)
        : base(loop, owner, options)
    {
        _handle = handle;
        _isConnecting = isConnecting;
        loop.CountConnection(1);
    }

    /// <summary>The loop, as what the constructor was given: kept once, since there may be many idle connections.</summary>
    private new EventLoop<TPoller> Loop
    {
        get
        {
            Debug.Assert(base.Loop is EventLoop<TPoller>, "nothing else is ever put there");
            return Unsafe.As<EventLoop<TPoller>>(base.Loop);
        }
    }

    protected override void Start()
    {
        Readiness interest = _isConnecting ? Readiness.Writable : Readiness.Readable;
        if (!Loop.TryAdd(this, _handle, interest, out string? why))
        {
            NotWatched(why);
            ConnectError = SocketError.NoBufferSpaceAvailable;
            CloseNow(CloseReason.Reset, reset: true);
        }
        else if (_isConnecting)
        {
            State = ConnectionState.Connecting;
        }
        else
        {
            Open(interest);
        }
    }

    protected override void FinishConnecting()
    {
        if (Loop.Poller.FinishConnect(_handle) is not SocketError.Success and var error)
        {
            ConnectError = error;
            CloseNow(CloseReason.Reset, reset: false);
            return;
        }

        if (!Owner.MayOpen())
        {
            CloseNow(CloseReason.Local, reset: false);
            return;
        }

        Open(Readiness.Writable);
    }

    protected override unsafe int Receive(Block block, int most)
    {
        Debug.Assert(most <= block.Capacity, "the kernel writes no farther than the block goes");
        return Loop.Poller.Receive(_handle, block.Origin, most);
    }

    protected override int Send(Block chain) => Loop.Poller.Send(_handle, chain);

    protected override bool WasReset() => Loop.Poller.WasReset(_handle);

    protected override int Unconfirmed() => Loop.Poller.Unconfirmed(_handle);

    protected override void Watch(Readiness interest)
    {
        if (!_isSuspended)
        {
            Loop.Poller.Modify(_handle, Key, interest);
        }
        else if (interest != Readiness.None || State != ConnectionState.Open)
        {
            _isSuspended = !Loop.TryWatch(this, _handle, interest, out string? why);
            if (why is not null)
            {
                // Not within what asks for it, which goes on as with one that is watched.
                NotWatched(why);
                Abort();
            }
        }
    }

    protected override void Suspend()
    {
        _isSuspended = true;
        Loop.Poller.Remove(_handle);
    }

    protected override void ShutdownWrite() => Loop.Poller.ShutdownWrite(_handle);

    protected override void CloseHandle(bool reset) => Loop.Close(this, _handle, reset);
}
