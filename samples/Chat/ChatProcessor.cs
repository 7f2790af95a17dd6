using Chat.Messages;
using QContinuum;

namespace Chat;

/// <summary>The server: nicks, rooms and who says what to whom. Its handlers never run at once, so its state needs no lock.</summary>
[Processor]
public sealed partial class ChatProcessor
{
    private static readonly TimeSpan s_timeToSayHello = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Peer> _peers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Rooms _rooms = new();

    [Opened]
    private Visitor Opened(Peer peer)
    {
        peer.RequireUserWithin(s_timeToSayHello);
        return new Visitor();
    }

    [Closed]
    private void Closed(Peer peer, Visitor visitor, CloseReason reason)
    {
        LeaveRoom(peer, visitor, reason == CloseReason.Remote ? "left" : "is gone");
        if (visitor.Nick is { } nick)
        {
            _peers.Remove(nick);
        }
    }

    [Handles]
    private void On(Peer peer, Visitor visitor, Hello hello)
    {
        if (visitor.Nick is null && TakeNick(peer, visitor, hello.Nick))
        {
            peer.UserId = peer.Id;
        }
    }

    [Handles]
    private void On(Peer peer, Visitor visitor, Rename rename)
    {
        if (visitor.Nick is { } old && TakeNick(peer, visitor, rename.Nick) && _rooms.TryGet(visitor.Room, out Group? room))
        {
            room.Send(new Notice { Room = visitor.Room!, Text = $"{old} is now {visitor.Nick}" });
        }
    }

    [Handles]
    private void On(Peer peer, Visitor visitor, Join join)
    {
        if (visitor.Nick is null)
        {
            Refuse(peer, "say Hello first");
        }
        else if (!Bounds.IsName(join.Room, Bounds.MaxRoom))
        {
            Refuse(peer, $"a room's name has 1 to {Bounds.MaxRoom} characters and no spaces");
        }
        else if (!_rooms.TryOpen(join.Room, out Group? room))
        {
            Refuse(peer, $"there are {Bounds.MaxRooms} rooms already");
        }
        else if (room.Contains(peer))
        {
            Refuse(peer, $"you are in {visitor.Room} already");
        }
        else
        {
            LeaveRoom(peer, visitor, "left");
            if (room.Add(peer))
            {
                visitor.Room = join.Room;
                room.Send(new Notice { Room = join.Room, Text = $"{visitor.Nick} joined" });
            }
            else
            {
                // It is closing.
                _rooms.CloseIfEmpty(join.Room);
            }
        }
    }

    [Handles]
    private void On(Peer peer, Visitor visitor, Leave _)
    {
        if (visitor.Room is { } room)
        {
            peer.Send(new Notice { Room = room, Text = "you left" });
            LeaveRoom(peer, visitor, "left");
        }
        else
        {
            Refuse(peer, "you are in no room");
        }
    }

    [Handles]
    private void On(Peer peer, Visitor visitor, Say say)
    {
        if (!_rooms.TryGet(visitor.Room, out Group? room))
        {
            Refuse(peer, "you are in no room");
        }
        else if (IsText(peer, say.Text))
        {
            room.Send(new Said { Room = visitor.Room!, From = visitor.Nick!, Text = say.Text, Time = DateTime.UtcNow });
        }
    }

    [Handles]
    private void On(Peer peer, Visitor visitor, Tell tell)
    {
        if (visitor.Nick is null)
        {
            Refuse(peer, "say Hello first");
        }
        else if (!Bounds.IsName(tell.To, Bounds.MaxNick) || !_peers.TryGetValue(tell.To, out Peer? other))
        {
            Refuse(peer, $"nobody here is called {Bounds.Strip(tell.To)}");
        }
        else if (IsText(peer, tell.Text))
        {
            var told = new Told { From = visitor.Nick, To = tell.To, Text = tell.Text, Time = DateTime.UtcNow };
            other.Send(told);
            if (other != peer)
            {
                peer.Send(told);
            }
        }
    }

    [Handles]
    private void On(Peer peer, Visitor visitor, Who _)
    {
        if (_rooms.TryGet(visitor.Room, out Group? room))
        {
            peer.Send(new Members { Room = visitor.Room!, Nicks = [.. room.Members.Select(static member => ((Visitor)member.State!).Nick!).Order(StringComparer.OrdinalIgnoreCase)] });
        }
        else
        {
            Refuse(peer, "you are in no room");
        }
    }

    [Handles]
    private void On(Peer peer, ListRooms _) => peer.Send(new RoomList { Rooms = _rooms.Names });

    [Handles]
    private void On(Peer peer, Ping _)
    {
    }

    private static void Refuse(Peer peer, string reason) => peer.Send(new Refused { Reason = reason });

    private static bool IsText(Peer peer, string text)
    {
        if (Bounds.IsText(text))
        {
            return true;
        }

        Refuse(peer, $"a text has 1 to {Bounds.MaxText} characters, none of them a control character");
        return false;
    }

    private bool TakeNick(Peer peer, Visitor visitor, string nick)
    {
        if (!Bounds.IsName(nick, Bounds.MaxNick))
        {
            Refuse(peer, $"a nick has 1 to {Bounds.MaxNick} characters and no spaces");
            return false;
        }

        if (_peers.TryGetValue(nick, out Peer? owner) && owner != peer)
        {
            Refuse(peer, $"the nick {nick} is taken");
            return false;
        }

        if (visitor.Nick is { } old)
        {
            _peers.Remove(old);
        }

        visitor.Nick = nick;
        _peers[nick] = peer;
        peer.Send(new Welcome { Nick = nick });
        return true;
    }

    private void LeaveRoom(Peer peer, Visitor visitor, string how)
    {
        if (visitor.Room is not { } name || !_rooms.TryGet(name, out Group? room))
        {
            return;
        }

        // One that closes has left by itself.
        room.Remove(peer);
        visitor.Room = null;
        room.Send(new Notice { Room = name, Text = $"{visitor.Nick} {how}" });
        _rooms.CloseIfEmpty(name);
    }
}
