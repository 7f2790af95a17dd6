using Chat.Messages;
using Chat.Terminal;
using QContinuum;

namespace Chat;

/// <summary>The client: says Hello on each connection, and goes back to its room.</summary>
[Processor]
public sealed partial class Session
{
    private const int SecondsToWait = 3;
    private const int SecondsToGiveUp = 10;

    private readonly TaskCompletionSource _admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IScreen _screen;
    private readonly Nicks _nicks;
    private readonly Delivery _delivery;
    private readonly Outage _outage;
    private volatile string? _room;

    // The thread of the handlers has all below.
    private Peer? _peer;
    private string _nick;
    private bool _isWelcome;
    private bool _isIn;
    private bool _isRefused;
    private int _silence;

    /// <summary>The nick of the last Hello; another may have been asked for since.</summary>
    private string? _helloNick;

    /// <summary>The nick of which it was said that it is refused.</summary>
    private string? _refusedNick;

    internal Session(string nick, string room, IScreen screen, Nicks nicks, Delivery delivery, Outage outage)
    {
        _nick = nick;
        _room = room;
        _screen = screen;
        _nicks = nicks;
        _delivery = delivery;
        _outage = outage;
    }

    /// <summary>Completes when the server has let the client in for the first time.</summary>
    internal Task Admitted => _admitted.Task;

    /// <summary>Completes when the server does not let the client in, and never has.</summary>
    internal Task Refused => _refused.Task;

    /// <summary>Another connection shall be in no room. Any thread.</summary>
    internal void LeaveRoom() => _room = null;

    /// <summary>Takes another nick: now where the server listens, else when it does. Any thread.</summary>
    internal void TakeNick(string nick) => Post(() =>
    {
        if (_isWelcome && _peer!.Send(new Rename { Nick = nick }) <= SendResult.Congested)
        {
            return;
        }

        _nick = nick;
        if (_isRefused)
        {
            SayHello();
        }
        else
        {
            _screen.Write($"* you will be {nick} when the server answers");
        }
    });

    /// <summary>A second has gone by: who owes an answer is not waited for without end. The thread of the handlers.</summary>
    internal void Watch()
    {
        if (_peer is null)
        {
            return;
        }

        if (_isRefused)
        {
            // The connection that was lost may still have the nick, until the server knows.
            SayHello();
        }

        _silence = _isIn && !_delivery.IsAsking ? 0 : _silence + 1;
        if (_silence == SecondsToWait)
        {
            _outage.Wait();
        }
        else if (_silence == SecondsToGiveUp)
        {
            _outage.GiveUp(SecondsToGiveUp);
            _peer.Abort();
        }
    }

    [Opened]
    private void Opened(Peer peer)
    {
        _peer = peer;
        SayHello();
    }

    [Closed]
    private void Closed(Peer peer)
    {
        _peer = null;
        _isWelcome = _isIn = _isRefused = false;
        _silence = 0;
        _delivery.End(lost => _screen.Write(
            $"! the connection is lost: what you said last may not have arrived ({lost} {(lost == 1 ? "line" : "lines")})"));
    }

    private void SayHello()
    {
        _isRefused = false;
        _helloNick = _nick;
        _peer!.Send(new Hello { Nick = _nick });
    }

    /// <summary>The server has answered: with Welcome, and where there is a room to go to, with what became of that.</summary>
    private void GoIn(Peer peer)
    {
        if (!_isIn)
        {
            _isIn = true;
            _delivery.Begin(peer);
            _delivery.Ask();
            _admitted.TrySetResult();
        }
    }

    [Handles]
    private void On(Peer peer, Welcome welcome)
    {
        if (_isWelcome)
        {
            _nick = welcome.Nick;
            _screen.Write($"* you are {Bounds.Strip(welcome.Nick)} now");
            return;
        }

        _isWelcome = true;
        _silence = 0;
        _refusedNick = null;
        _outage.End();
        _screen.Write($"* welcome, {Bounds.Strip(welcome.Nick)}; /help tells what you can do");
        if (_nick != welcome.Nick)
        {
            // It was asked for while Hello was under way.
            peer.Send(new Rename { Nick = _nick });
            _nick = welcome.Nick;
        }

        if (_room is { } room)
        {
            peer.Send(new Join { Room = room });
        }
        else
        {
            GoIn(peer);
        }
    }

    [Handles]
    private void On(Peer peer, Refused refused)
    {
        _silence = 0;
        string reason = Bounds.Strip(refused.Reason);
        if (_isWelcome)
        {
            GoIn(peer);
            _screen.Write($"! {reason}");
        }
        else if (!_admitted.Task.IsCompleted)
        {
            _screen.Write($"! {reason}");
            _refused.TrySetResult();
        }
        else if (_helloNick != _nick)
        {
            SayHello();
        }
        else
        {
            _isRefused = true;
            if (_refusedNick != _nick)
            {
                _refusedNick = _nick;
                _screen.Write($"! {reason}: choose another with /nick NICK; until then it is tried again");
            }
        }
    }

    [Handles]
    private void On(Peer peer, Pong _)
    {
        _silence = 0;
        _delivery.Answered();
    }

    [Handles]
    private void On(Peer peer, Knock _) => _delivery.Ask();
}
