using QContinuum.Loops;

namespace QContinuum;

/// <summary>A peer whose messages take long lets the others of its lane go first, and goes on in its turn. All of it belongs to the lane's thread.</summary>
public sealed partial class Peer
{
    /// <summary>How long its messages may take at a stretch while more of them wait, in milliseconds.</summary>
    private const int StretchMilliseconds = 2;

    /// <summary>Messages from one look at the clock to the next, while none of them takes long: a look costs a tenth of what the smallest message does, 8 ns.</summary>
    private const byte MessagesALook = 16;

    /// <summary>It lets the others have their turn.</summary>
    private const byte Yielding = byte.MaxValue;

    /// <summary>How long its messages took since others last had their turn, where more of them waited, in milliseconds: of a queued peer. Or <see cref="Yielding"/>.</summary>
    private byte _stretch;

    /// <summary>Messages until the next look at the clock.</summary>
    private byte _messagesToLook = MessagesALook;

    /// <summary>From one look to the next: 1 once its messages were slow, until they are not.</summary>
    private byte _messagesALook = MessagesALook;

    private bool Yields => _stretch == Yielding;

    /// <summary>Looks at the clock after a message, and yields where those of this dispatch took long together.</summary>
    /// <returns>Whether it yields.</returns>
    private bool LookAtClock()
    {
        long now = _connection.Loop.CoarseClock();
        long first = _lane.FirstLook;
        if (first == Lane.NoLook)
        {
            // It was not looked at when the first began: that costs each read what only a few need.
            _lane.FirstLook = now;
            _messagesToLook = _messagesALook;
            return false;
        }

        _messagesToLook = _messagesALook = now > first ? (byte)1 : MessagesALook;
        if (now - first < StretchMilliseconds || Reader is not null)
        {
            return false;
        }

        Yield();
        return true;
    }

    /// <summary>Whether more of a queued peer waits than this: only then does anybody have to wait for it longer than for one read.</summary>
    private bool HasMoreThan(int handed) => Volatile.Read(ref _handed) > handed && Reader is null && !IsInterrupted;

    /// <summary>So long did a queued peer take, of which more waits.</summary>
    private void Took(long milliseconds)
    {
        if (IsInterrupted)
        {
            return;
        }

        _stretch += (byte)Math.Clamp(milliseconds, 0, StretchMilliseconds);
        if (_stretch >= StretchMilliseconds)
        {
            Yield();
        }
    }

    /// <summary>Lets go first who waits already: the rest is kept until then, as for an asynchronous handler.</summary>
    private void Yield()
    {
        _stretch = Yielding;
        BeginHold();
        if (Pump is { } pump)
        {
            pump.Post(static peer => ((Peer)peer!).EndYield(), this);
        }
        else
        {
            _connection.AwaitTurn();
        }
    }

    void Transports.IConnectionOwner.OnTurn() => EndYield();

    private void EndYield()
    {
        if (Yields && IsHere)
        {
            _stretch = 0;
            ReleaseLane(null, GivenUp, HeldBy.Turn);
        }
    }
}
