using System.Net.Sockets;
using QContinuum.Buffers;
using QContinuum.Loops;

namespace QContinuum.Transports.Sockets;

/// <summary>The connection of a stream socket, TCP or unix, accepted or being made.</summary>
internal sealed class SocketConnection<TPoller> : Connection
    where TPoller : struct, IPoller
{
    private readonly EventLoop<TPoller> _loop;
    private readonly nint _handle;
    private readonly bool _isConnecting;
    private bool _isSuspended;

    internal SocketConnection(EventLoop<TPoller> loop, nint handle, bool isConnecting, IConnectionOwner owner, PeerOptions options)
        : base(loop, owner, options)
    {
        _loop = loop;
        _handle = handle;
        _isConnecting = isConnecting;
        loop.CountConnection(1);
    }

    protected override void Start()
    {
        if (_isConnecting)
        {
            State = ConnectionState.Connecting;
            _loop.Add(this, _handle, Readiness.Writable);
            return;
        }

        _loop.Add(this, _handle, Readiness.Readable);
        Open(Readiness.Readable);
    }

    protected override void FinishConnecting()
    {
        ConnectError = _loop.Poller.FinishConnect(_handle);
        if (ConnectError != SocketError.Success)
        {
            CloseNow(CloseReason.Reset, reset: false);
            return;
        }

        Open(Readiness.Writable);
    }

    protected override unsafe int Receive(Block block) => _loop.Poller.Receive(_handle, block.Origin, block.Capacity);

    protected override int Send(Block chain) => _loop.Poller.Send(_handle, chain);

    protected override int Unconfirmed() => _loop.Poller.Unconfirmed(_handle);

    protected override void Watch(Readiness interest)
    {
        if (!_isSuspended)
        {
            _loop.Poller.Modify(_handle, Key, interest);
        }
        else if (interest != Readiness.None || State != ConnectionState.Open)
        {
            _isSuspended = false;
            _loop.Poller.Add(_handle, Key, interest);
        }
    }

    protected override void Suspend()
    {
        _isSuspended = true;
        _loop.Poller.Remove(_handle);
    }

    protected override void ShutdownWrite() => _loop.Poller.ShutdownWrite(_handle);

    protected override void CloseHandle(bool reset) => _loop.Close(this, _handle, reset);
}
