namespace QContinuum;

/// <summary>A peer whose messages take long lets the others of its lane go first, and goes on in its turn. All of it belongs to the lane's thread.</summary>
public sealed partial class Peer
{
    /// <summary>How long its messages may take at a stretch while more of them wait, in milliseconds.</summary>
    private const int StretchMilliseconds = 2;

    /// <summary>More than this is dispatched in slices, with a look at the clock between them; the usual read is shorter, and pays nothing.</summary>
    private const int MostAtOnce = 4 * 1024;

    /// <summary>As long as it is not shorter than a message.</summary>
    private const int SliceSize = 1024;

    /// <summary>It lets the others have their turn.</summary>
    private const byte Yielding = byte.MaxValue;

    /// <summary>How long its messages took since others last had their turn, where more of them waited, in milliseconds: of a queued peer. Or <see cref="Yielding"/>.</summary>
    private byte _stretch;

    private bool Yields => _stretch == Yielding;

    /// <summary>Dispatches what may take long, until it has.</summary>
    /// <returns>How many bytes were consumed.</returns>
    private int DispatchSlices(ReadOnlyMemory<byte> bytes)
    {
        long began = Clock();
        int consumed = 0;
        int size = SliceSize;
        while (true)
        {
            ReadOnlyMemory<byte> slice = bytes.Slice(consumed, Math.Min(size, bytes.Length - consumed));
            int count = DispatchWhole(slice);
            consumed += count;
            if (consumed == bytes.Length || IsInterrupted || (count == 0 && slice.Length == bytes.Length - consumed))
            {
                return consumed;
            }

            // A message that is longer than a slice is offered as soon as it can be whole, and what looks for its end looks at twice as much each time.
            size = count > 0 ? SliceSize : (int)Math.Min(Math.Max(2L * slice.Length, _neededBytes), int.MaxValue);
            if (count > 0 && Clock() - began >= StretchMilliseconds)
            {
                Yield();
                return consumed;
            }
        }
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
            ReleaseLane(null, GivenUp, isRate: false);
        }
    }
}
