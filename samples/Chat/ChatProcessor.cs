using Chat.Messages;
using QContinuum;

namespace Chat;

/// <summary>The server: nicks, rooms and who says what to whom. Its handlers never run at once, so its state needs no lock.</summary>
[Processor]
public sealed partial class ChatProcessor
{
    private const string SayHello = "say Hello first";
    private const string NoRoom = "you are in no room";

    private static readonly TimeSpan s_timeToSayHello = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Peer> _peers = new(Names.Comparer);
    private readonly Rooms _rooms = new();

    /// <summary>Tells everybody that the server is about to end.</summary>
    /// <returns>Completes when everybody's message is queued.</returns>
    internal Task SayGoodbyeAsync()
    {
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            foreach (Peer peer in _peers.Values)
            {
                peer.Send(new Goodbye());
            }

            said.SetResult();
        });
        return said.Task;
    }

    [Opened]
    private Visitor Opened(Peer peer)
    {
        peer.RequireUserWithin(s_timeToSayHello);
        return new Visitor();
    }

    [Closed]
    private void Closed(Peer peer, Visitor visitor, CloseReason reason)
    {
        string? how = reason switch
        {
            CloseReason.Remote => "left",

            // So does everybody else, who was told.
            CloseReason.Stopped => null,
            _ => "has lost the connection",
        };
        LeaveRoom(peer, visitor, how);
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
        if (visitor.Nick is not { } old)
        {
            Refuse(peer, SayHello);
        }
        else if (TakeNick(peer, visitor, rename.Nick) && _rooms.TryGet(visitor.Room, out Group? room))
        {
            room.Send(new Notice { Room = visitor.Room!, Nick = old, What = $"is now {visitor.Nick}" });
        }
    }

    [Handles]
    private void On(Peer peer, Visitor visitor, Join join)
    {
        if (visitor.Nick is null)
        {
            Refuse(peer, SayHello);
        }
        else if (Bounds.WhyNoRoom(join.Room) is { } why)
        {
            Refuse(peer, why);
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
                room.Send(new Notice { Room = join.Room, Nick = visitor.Nick, What = "joined" });
                List(peer, join.Room, room);
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
        if (visitor.Room is null)
        {
            Refuse(peer, NoRoom);
        }
        else
        {
            LeaveRoom(peer, visitor, "left");
        }
    }

    [Handles]
    private void On(Peer peer, Visitor visitor, Say say)
    {
        if (!_rooms.TryGet(visitor.Room, out Group? room))
        {
            Refuse(peer, NoRoom);
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
            Refuse(peer, SayHello);
        }
        else if (Bounds.WhyNoNick(tell.To) is not null || !_peers.TryGetValue(tell.To, out Peer? other))
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
            List(peer, visitor.Room!, room);
        }
        else
        {
            Refuse(peer, NoRoom);
        }
    }

    [Handles]
    private void On(Peer peer, Visitor visitor, ListRooms _)
    {
        if (visitor.Nick is null)
        {
            Refuse(peer, SayHello);
        }
        else
        {
            peer.Send(new RoomList { Rooms = _rooms.All });
        }
    }

    [Handles]
    private void On(Peer peer, Visitor visitor, Ping _)
    {
        visitor.KnockedAt = null;
        peer.Send(new Pong());
    }

    private static void Refuse(Peer peer, string reason) => peer.Send(new Refused { Reason = reason });

    private static void List(Peer peer, string name, Group room)
    {
        IReadOnlyList<Peer> members = room.Members;
        IEnumerable<string> nicks = members.Take(Bounds.MaxListed).Select(static member => ((Visitor)member.State!).Nick!);
        peer.Send(new Members { Room = name, Nicks = [.. nicks.Order(StringComparer.OrdinalIgnoreCase)], Count = members.Count });
    }

    private static bool IsText(Peer peer, string text)
    {
        if (Bounds.WhyNoText(text) is not { } why)
        {
            return true;
        }

        Refuse(peer, why);
        return false;
    }

    private void LeaveRoom(Peer peer, Visitor visitor, string? how)
    {
        if (visitor.Room is not { } name || !_rooms.TryGet(name, out Group? room))
        {
            return;
        }

        // Who leaves sees it too; who closes has left by itself.
        if (how is not null)
        {
            room.Send(new Notice { Room = name, Nick = visitor.Nick!, What = how });
        }

        room.Remove(peer);
        visitor.Room = null;
        _rooms.CloseIfEmpty(name);
    }
}
