using System.Globalization;
using Chat.Messages;
using Chat.Terminal;
using QContinuum;

namespace Chat;

/// <summary>The client: says Hello on each connection, goes back to its room, and shows what the server says.</summary>
[Processor]
public sealed partial class Session
{
    private readonly TaskCompletionSource _welcomed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IScreen _screen;
    private readonly Nicks _nicks;
    private volatile string? _room;
    private string _nick;
    private bool _isWelcome;

    internal Session(string nick, string room, IScreen screen, Nicks nicks)
    {
        _nick = nick;
        _room = room;
        _screen = screen;
        _nicks = nicks;
    }

    /// <summary>Completes when the server has let the client in for the first time.</summary>
    internal Task Welcomed => _welcomed.Task;

    /// <summary>Completes when the server does not let the client in, and never has.</summary>
    internal Task Refused => _refused.Task;

    /// <summary>Another connection shall be in no room. Any thread.</summary>
    internal void LeaveRoom() => _room = null;

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

        _welcomed.TrySetResult();
    }

    [Handles]
    private void On(Peer peer, Refused refused)
    {
        _screen.Write($"! {Bounds.Strip(refused.Reason)}");
        if (!_welcomed.Task.IsCompleted)
        {
            _refused.TrySetResult();
        }
        else if (!_isWelcome)
        {
            // The connection that was lost may still have the nick, until the server knows: another attempt follows.
            peer.Close();
        }
    }

    [Handles]
    private void On(Peer peer, Said said)
    {
        string from = Bounds.Strip(said.From);
        _nicks.Add(from);
        _screen.Write($"{Clock(said.Time)} <{from}> {Bounds.Strip(said.Text)}", from);
    }

    [Handles]
    private void On(Peer peer, Told told)
    {
        string from = Bounds.Strip(told.From);
        _nicks.Add(from);
        _screen.Write($"{Clock(told.Time)} [{from} to {Bounds.Strip(told.To)}] {Bounds.Strip(told.Text)}", from);
    }

    [Handles]
    private void On(Peer peer, Notice notice)
    {
        string nick = Bounds.Strip(notice.Nick);
        _nicks.Add(nick);
        _screen.Write($"* {Bounds.Strip(notice.Room)}: {nick} {Bounds.Strip(notice.What)}");
    }

    [Handles]
    private void On(Peer peer, Members members)
    {
        string[] nicks = [.. members.Nicks.Select(Bounds.Strip)];
        int others = members.Count - nicks.Length;
        _room = members.Room;
        _nicks.Reset(nicks);
        _screen.Write($"* in {Bounds.Strip(members.Room)}: {string.Join(", ", nicks)}{(others > 0 ? $" and {others} more" : "")}");
    }

    [Handles]
    private void On(Peer peer, RoomList list)
        => _screen.Write(list.Rooms is [] ? "* there are no rooms" : $"* rooms: {Bounds.Strip(string.Join(", ", list.Rooms))}");

    [Handles]
    private void On(Peer peer, Goodbye _) => _screen.Write("* the server is shutting down");

    private static string Clock(DateTime time) => time.ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture);
}
