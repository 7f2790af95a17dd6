using System.Globalization;
using Chat.Messages;
using QContinuum;

namespace Chat;

/// <summary>What the server says, as lines.</summary>
public sealed partial class Session
{
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
        GoIn(peer);
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
