using Chat.Messages;
using QContinuum;

namespace Chat;

/// <summary>Who has which nick. A connection that is dead without the server knowing keeps it only until somebody wants it.</summary>
public sealed partial class ChatProcessor
{
    /// <summary>How long the owner of a nick that another wants may take to say that it is still there.</summary>
    private static readonly TimeSpan s_timeToAnswer = TimeSpan.FromSeconds(5);

    private bool TakeNick(Peer peer, Visitor visitor, string nick)
    {
        if (Bounds.WhyNoNick(nick) is { } why)
        {
            Refuse(peer, why);
            return false;
        }

        if (_peers.TryGetValue(nick, out Peer? owner) && owner != peer && IsThere(owner, (Visitor)owner.State!))
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

    /// <summary>Asks the owner of a nick, who is taken at its word until it has not answered in time: then it has lost nick and connection.</summary>
    private bool IsThere(Peer owner, Visitor visitor)
    {
        if (visitor.KnockedAt is not { } knocked)
        {
            visitor.KnockedAt = Environment.TickCount64;
            owner.Send(new Knock());
            return true;
        }

        if (Environment.TickCount64 - knocked < s_timeToAnswer.TotalMilliseconds)
        {
            return true;
        }

        LeaveRoom(owner, visitor, "has lost the connection");
        _peers.Remove(visitor.Nick!);
        visitor.Nick = null;
        owner.Abort();
        return false;
    }
}
