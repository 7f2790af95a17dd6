using System.Net;
using System.Net.Sockets;
using QContinuum.Loops;

namespace QContinuum.Transports.Tcp;

/// <summary>The socket of a listener: accepts, and hands each connection to a loop.</summary>
internal sealed class TcpAcceptor<TPoller> : Pollable, IAcceptor
    where TPoller : struct, IPoller
{
    /// <summary>Connections accepted in one turn, so that a rush of them does not keep the others from being served.</summary>
    private const int AcceptsATurn = 64;

    private const int FirstPauseMilliseconds = 100;
    private const int LongestPauseMilliseconds = 1_000;

    /// <summary>How often it is said that accepting pauses.</summary>
    private const int SilenceMilliseconds = 60_000;

    private readonly EventLoop<TPoller> _loop;
    private readonly Socket _socket;
    private readonly nint _handle;
    private readonly EndPoint? _endpoint;
    private readonly IAcceptedHandler _accepted;
    private readonly Action<string> _log;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _pauseMilliseconds;
    private long _silentUntil;
    private volatile bool _stopping;

    internal TcpAcceptor(EventLoop<TPoller> loop, Socket socket, IAcceptedHandler accepted, Action<string> log)
        : base(loop)
    {
        _loop = loop;
        _socket = socket;
        _handle = socket.Handle;
        _endpoint = socket.LocalEndPoint;
        _accepted = accepted;
        _log = log;
    }

    public void Start() => Schedule();

    public Task StopAsync()
    {
        _stopping = true;
        Schedule();
        return _stopped.Task;
    }

    internal override void OnScheduled()
    {
        if (_stopping)
        {
            Stop();
        }
        else if (Key == 0)
        {
            _loop.Add(this, _handle, Readiness.Readable);
        }
    }

    internal override void OnReady(Readiness readiness)
    {
        for (int i = 0; i < AcceptsATurn; i++)
        {
            if (!_accepted.HasRoom)
            {
                Pause("the most peers are connected that the server may have (MaxPeers, or what ulimit -n leaves)");
                return;
            }

            nint handle = _loop.Poller.Accept(_handle, out SocketPeerAddress address);
            if (handle >= 0)
            {
                _pauseMilliseconds = 0;
                _accepted.OnAccepted(handle, address);
            }
            else if (handle == -(nint)IoError.NoDescriptor)
            {
                Pause("no descriptor is free: raise the limit (ulimit -n) or lower MaxPeers");
                return;
            }
            else if (handle == -(nint)IoError.WouldBlock)
            {
                return;
            }
        }
    }

    internal override void OnDue() => _loop.Poller.Modify(_handle, Key, Readiness.Readable);

    internal override void OnLoopStopped() => Stop();

    /// <summary>A listener that cannot accept would be ready for ever: it is not watched for a while, longer each time.</summary>
    private void Pause(string why)
    {
        if (_loop.Now >= _silentUntil)
        {
            _silentUntil = _loop.Now + SilenceMilliseconds;
            _log($"Accepting on {_endpoint} pauses: {why}.");
        }

        _pauseMilliseconds = Math.Clamp(_pauseMilliseconds * 2, FirstPauseMilliseconds, LongestPauseMilliseconds);
        _loop.Poller.Modify(_handle, Key, Readiness.None);
        _loop.Timers.Schedule(this, _loop.Now + _pauseMilliseconds);
    }

    private void Stop()
    {
        if (Key != 0)
        {
            _loop.Remove(this, _handle);
        }

        _socket.Dispose();
        _stopped.TrySetResult();
    }
}

/// <summary>Takes the connections that were accepted. Called on the listener's loop.</summary>
internal interface IAcceptedHandler
{
    /// <summary>Whether one more is welcome.</summary>
    bool HasRoom { get; }

    /// <summary>Takes a connection; the handle belongs to whoever is called.</summary>
    void OnAccepted(nint handle, SocketPeerAddress address);
}

/// <summary>What a listener knows of its socket, whatever the loop waits with.</summary>
internal interface IAcceptor
{
    /// <summary>Begins to accept. Any thread.</summary>
    void Start();

    /// <summary>Stops accepting and closes the socket; completes when no connection can be accepted any more. Any thread.</summary>
    Task StopAsync();
}
