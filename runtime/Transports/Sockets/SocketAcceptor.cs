using System.Net;
using System.Net.Sockets;
using QContinuum.Loops;

namespace QContinuum.Transports.Sockets;

/// <summary>The socket of a listener: accepts, and hands each connection to a loop.</summary>
internal sealed class SocketAcceptor<TPoller> : Pollable, IAcceptor
    where TPoller : struct, IPoller
{
    /// <summary>Connections accepted in one turn, so that a rush of them does not keep the others from being served.</summary>
    private const int AcceptsATurn = 64;

    private readonly EventLoop<TPoller> _loop;
    private readonly Socket _socket;
    private readonly EndPoint _endpoint;
    private readonly IAcceptedHandler _accepted;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ReserveDescriptor _reserve = new();
    private nint _handle;
    private AcceptPause _pause;
    private bool _stopping;

    internal SocketAcceptor(EventLoop<TPoller> loop, Socket socket, IAcceptedHandler accepted)
        : base(loop)
    {
        _loop = loop;
        _socket = socket;
        _endpoint = socket.LocalEndPoint!;
        _accepted = accepted;
    }

    public void Start() => Schedule();

    public Task StopAsync()
    {
        Volatile.Write(ref _stopping, true);
        Schedule();
        return _stopped.Task;
    }

    internal override void OnScheduled()
    {
        if (Volatile.Read(ref _stopping))
        {
            Stop();
        }
        else if (Key == 0)
        {
            _handle = TPoller.Listen(_socket);
            Watch();
        }
    }

    internal override void OnReady(Readiness readiness)
    {
        for (int i = 0; i < AcceptsATurn; i++)
        {
            if (_loop.Pressure >= MemoryPressure.StopAccepting)
            {
                Pause(AcceptPause.NoMemory);
                return;
            }

            if (!_accepted.HasRoom)
            {
                Pause(AcceptPause.NoRoom);
                return;
            }

            nint handle = _loop.Poller.Accept(_handle, out SocketPeerAddress address);
            if (handle >= 0)
            {
                _pause.End();
                Accepted(handle, in address);
            }
            else if (handle == -(nint)IoError.NoDescriptor)
            {
                if (_pause.IsRepeated)
                {
                    TurnAway();
                }

                Pause(AcceptPause.NoDescriptor);
                return;
            }
            else if (handle == -(nint)IoError.WouldBlock)
            {
                return;
            }
        }
    }

    internal override void OnDue()
    {
        if (Key == 0)
        {
            Watch();
        }
        else
        {
            _loop.Poller.Modify(_handle, Key, Readiness.Readable);
        }
    }

    internal override void OnLoopStopped() => Stop();

    /// <summary>Where the system has no room for one more that it watches, it is tried again: who connects waits meanwhile.</summary>
    private void Watch()
    {
        if (!_loop.TryAdd(this, _handle, Readiness.Readable, out string? why))
        {
            PauseFor($"the system cannot watch the listener: {why}");
        }
    }

    /// <summary>Sockets of this machine's file system have no address of their own: they are known by that of the listener.</summary>
    private void Accepted(nint handle, in SocketPeerAddress address)
    {
        EndPoint? known = _endpoint is IPEndPoint ? null : _endpoint;
        if (known is null && !_accepted.IsWelcome(in address))
        {
            _loop.Poller.Discard(handle, reset: true);
            return;
        }

        EventLoop loop = _accepted.ChooseLoop();
        IAcceptedOwner owner = _accepted.Accept(loop, in address, known);
        owner.Begin(loop.CreateAccepted(handle, owner, _accepted.Options));
    }

    /// <summary>
    /// There is no descriptor, and there was none before the last pause: who waits is reset, and may go to another server, instead of waiting for what may never come.
    /// </summary>
    private void TurnAway()
    {
        nint handle = 0;
        for (int i = 0; i < AcceptsATurn && handle >= 0; i++)
        {
            _reserve.Release();
            handle = _loop.Poller.Accept(_handle, out _);
            if (handle >= 0)
            {
                _loop.Poller.Discard(handle, reset: true);
                _accepted.OnRefused();
            }
        }

        _reserve.Take();
    }

    /// <summary>A listener that cannot accept would be ready for ever: it is not watched for a while.</summary>
    private void Pause(string why)
    {
        _loop.Poller.Modify(_handle, Key, Readiness.None);
        PauseFor(why);
    }

    private void PauseFor(string why) => _loop.Timers.Schedule(this, _pause.Begin(_loop.Now, _endpoint, why, _accepted));

    private void Stop()
    {
        if (Key != 0)
        {
            _loop.Remove(this, _handle);
        }
        else
        {
            _loop.Timers.Cancel(this);
        }

        _reserve.Release();
        SocketTransport.CloseListening(_socket);
        _stopped.TrySetResult();
    }
}
