using Chat.Messages;
using Chat.Terminal;
using QContinuum;

namespace Chat;

/// <summary>The client: says Hello on each connection, goes back to its room, and shows what the server says.</summary>
[Processor]
public sealed partial class Session
{
    private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IScreen _screen;
    private volatile string? _room;
    private string _nick;
    private bool _isWelcome;

    internal Session(string nick, string room, IScreen screen)
    {
        _nick = nick;
        _room = room;
        _screen = screen;
    }

    /// <summary>Completes when the server does not let the client in.</summary>
    internal Task Refused => _refused.Task;

    /// <summary>The room to be in after the next Welcome; null for none. Any thread.</summary>
    internal string? Room
    {
        get => _room;
        set => _room = value;
    }

    [Opened]
    private void Opened(Peer peer)
    {
        _isWelcome = false;
        peer.Send(new Hello { Nick = _nick });
    }

    [Handles]
    private void On(Peer peer, Welcome welcome)
    {
        _nick = welcome.Nick;
        if (_isWelcome)
        {
            _screen.Write($"* you are {Bounds.Strip(welcome.Nick)} now");
            return;
        }

        _isWelcome = true;
        _screen.Write($"* welcome, {Bounds.Strip(welcome.Nick)}; /help tells what you can do");
        if (_room is { } room)
        {
            peer.Send(new Join { Room = room });
        }
    }

    [Handles]
    private void On(Peer peer, Refused refused)
    {
        _screen.Write($"! {Bounds.Strip(refused.Reason)}");
        if (!_isWelcome)
        {
            _refused.TrySetResult();
        }
    }

    [Handles]
    private void On(Peer peer, Said said) => _screen.Write($"{said.Time.ToLocalTime():HH:mm} <{Bounds.Strip(said.From)}> {Bounds.Strip(said.Text)}", said.From);

    [Handles]
    private void On(Peer peer, Told told)
        => _screen.Write($"{told.Time.ToLocalTime():HH:mm} [{Bounds.Strip(told.From)} to {Bounds.Strip(told.To)}] {Bounds.Strip(told.Text)}", told.From);

    [Handles]
    private void On(Peer peer, Notice notice) => _screen.Write($"* {Bounds.Strip(notice.Room)}: {Bounds.Strip(notice.Text)}");

    [Handles]
    private void On(Peer peer, Members members) => _screen.Write($"* in {Bounds.Strip(members.Room)}: {Bounds.Strip(string.Join(", ", members.Nicks))}");

    [Handles]
    private void On(Peer peer, RoomList list) => _screen.Write(list.Rooms is [] ? "* there are no rooms" : $"* rooms: {Bounds.Strip(string.Join(", ", list.Rooms))}");
}
