using System.Buffers;
using System.Runtime.CompilerServices;
using QContinuum.Buffers;

namespace QContinuum.Pulling;

/// <summary>Finds the first frame of what was given out.</summary>
internal delegate ReceivedFrame FrameMeasure(PullReader reader, int number, ReadOnlyMemory<byte> bytes, out int length);

/// <summary>Between the lane of a peer, which gives, and the one who reads: a single place, so that the lane is held until what is in it has been read.</summary>
/// <remarks>
/// <code>
///   lane:   Give… ──► place ──► held ───────────────────────► released, gives again
///   reader:            take ──► frame ──► frame ──► asks for more
/// </code>
/// Invariant: of what is in the place, the first <c>_position</c> bytes have been handed out; only what was handed out whole is released, or skipped as the rest of a
/// body. A reader may go away at any moment: <see cref="UnreadSince"/> says so, and an exception in its loop looks no different from a <c>break</c>.
/// </remarks>
internal sealed class PullReader(Peer peer, FrameMeasure measure)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _taken;
    private byte[]? _bytes;
    private int _length;
    private int _position;
    private bool _isPiece;
    private CloseReason _end;
    private bool _isLetGo;
    private bool _isDropping;
    private int _isReading;
    private long _unreadSince = Now(peer);

    // The reader's: which frame it is at, and its body.
    private int _number;
    private long _bodyUnread;
    private int _isReadingBody;
    private ReadOnlyMemory<byte> _wholeBody;

    /// <summary>Bytes of the streamed body that have not come. Lane only.</summary>
    internal long BodyLeft { get; private set; }

    /// <summary>Bytes of the memory that holds what was given and not read; none of a closed peer, whose memory is the collector's. Any thread.</summary>
    internal int Held => Volatile.Read(ref _bytes) is { } bytes && _end == CloseReason.None ? bytes.Length : 0;

    /// <summary>Since when nobody asks for frames, in milliseconds of the loop's clock; 0 while somebody does. Any thread.</summary>
    internal long UnreadSince => Volatile.Read(ref _isReading) == 1 ? 0 : Volatile.Read(ref _unreadSince);

    /// <summary>Whether a body is being read in pieces. The reader's thread; elsewhere it may be over.</summary>
    internal bool IsWithinBody => Volatile.Read(ref _bodyUnread) > 0;

    /// <summary>Gives whole frames. Lane only; the result is what holds the lane.</summary>
    internal ValueTask GiveFrames(ReadOnlySpan<byte> frames) => Give(frames, isPiece: false);

    /// <summary>Gives the head of a frame whose body follows in pieces.</summary>
    internal ValueTask GiveHead(ReadOnlySpan<byte> head, long body)
    {
        BodyLeft = body;
        return Give(head, isPiece: false);
    }

    /// <summary>Gives a piece of the body.</summary>
    internal ValueTask GivePiece(ReadOnlySpan<byte> piece)
    {
        BodyLeft -= piece.Length;
        return Give(piece, isPiece: true);
    }

    /// <summary>Nothing more will be given.</summary>
    internal void End(CloseReason reason)
    {
        lock (_gate)
        {
            NoteReleased();
            _end = reason;
            _arrived.TrySetResult();
        }
    }

    /// <summary>
    /// The peer goes to another processor, which has what was not looked at; the frame that is being read stays valid. Lane only; afterwards the lane is let go.
    /// </summary>
    /// <param name="kept">Before what is kept comes what is given back. Copied under the lock: the reader may ask on meanwhile, and its memory is another's then.</param>
    /// <param name="pool">Of the lane.</param>
    /// <returns>False in the middle of a body that is read in pieces: what follows is not the beginning of a frame.</returns>
    internal bool TryTakeBack(ref PartialFrame kept, BlockPool pool)
    {
        lock (_gate)
        {
            ReadOnlySpan<byte> rest = _bytes is null ? default : _bytes.AsSpan(_position, _length - _position);
            if (BodyLeft > 0 ? rest.IsEmpty || _isPiece : _isPiece && !rest.IsEmpty)
            {
                return false;
            }

            kept.Prepend(rest, pool);
            BodyLeft = 0;
            _length = _position;
            _taken?.TrySetResult();
            return true;
        }
    }

    /// <summary>The peer closes: its lane does not wait for a reader that may not come again. What is there may still be read. Any thread.</summary>
    internal void LetGo()
    {
        lock (_gate)
        {
            _isLetGo = true;
            _taken?.TrySetResult();
        }
    }

    internal async IAsyncEnumerable<ReceivedFrame> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isReading, 1) == 1)
        {
            throw new InvalidOperationException($"{peer} is read already: its frames have one reader at a time.");
        }

        try
        {
            _number++;
            while (await ArrivedAsync(cancellationToken).ConfigureAwait(false))
            {
                if (TryTake(out ReceivedFrame frame))
                {
                    yield return frame;
                    _number++;
                }
            }
        }
        finally
        {
            // Released to the reader that comes next, whose exchange acquires what this one left.
            NoteReader();
            Volatile.Write(ref _isReading, 0);
        }
    }

    /// <summary>
    /// Takes the next frame of what was given. Where all of it has been looked at, or it is of a body that was not read to its end, it is skipped. Under one lock: what is not taken
    /// may be taken back at any moment, and given again.
    /// </summary>
    private bool TryTake(out ReceivedFrame frame)
    {
        TaskCompletionSource taken;
        lock (_gate)
        {
            if (!_isPiece && _position < _length)
            {
                frame = measure(this, ++_number, _bytes.AsMemory(_position, _length - _position), out int length);
                _position += length;
                Volatile.Write(ref _bodyUnread, frame.IsStreamed ? frame.BodyLength : 0);
                _wholeBody = frame.IsStreamed ? default : frame.Body;
                return true;
            }

            frame = default;
            if (_position < _length)
            {
                Volatile.Write(ref _bodyUnread, _bodyUnread - _length);
            }

            taken = Empty();
        }

        taken.TrySetResult();
        return false;
    }

    /// <summary>The next piece of the body of the frame that is being read; empty at its end.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(int number, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isReadingBody, 1) == 1)
        {
            throw new InvalidOperationException($"The body is being read already: {peer} gives out its next piece once the call before has ended.");
        }

        try
        {
            if (number != _number)
            {
                throw new InvalidOperationException($"The body belongs to a frame that has passed: {peer} was asked for the next one.");
            }

            if (Volatile.Read(ref _isReading) == 0)
            {
                NoteReader();
            }

            if (_bodyUnread == 0)
            {
                ReadOnlyMemory<byte> whole = _wholeBody;
                _wholeBody = default;
                if (whole.IsEmpty)
                {
                    // The last piece; frames stay, since the header of this one may still be read.
                    ReleaseRead(isPiece: true);
                }

                return whole;
            }

            // The piece before, or the head. One that came after a call was given up has not been handed out, and is what is asked for now.
            ReleaseRead(isPiece: false);
            if (!await ArrivedAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new PeerClosedException(_end);
            }

            lock (_gate)
            {
                Volatile.Write(ref _bodyUnread, _bodyUnread - _length);
                _position = _length;
                return _bytes.AsMemory(0, _length);
            }
        }
        finally
        {
            Volatile.Write(ref _isReadingBody, 0);
        }
    }

    /// <summary>Who reads without asking for frames, a body for instance, is there as well.</summary>
    private void NoteReader() => Volatile.Write(ref _unreadSince, Now(peer));

    private static long Now(Peer peer) => Math.Max(peer.Clock(), 1);

    private ValueTask Give(ReadOnlySpan<byte> bytes, bool isPiece)
    {
        byte[] copy = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(copy);
        lock (_gate)
        {
            _isDropping |= _isLetGo && _bytes is not null;
            if (_isDropping)
            {
                // It closes, and what was given before was not read: there is no place, and nothing may follow a gap.
                ArrayPool<byte>.Shared.Return(copy);
                return ValueTask.CompletedTask;
            }

            if (_bytes is not null)
            {
                // It was taken back, and comes again. Its memory is no other's: the frame that is being read lies in it.
                NoteReleased();
            }

            _bytes = copy;
            _length = bytes.Length;
            _position = 0;
            _isPiece = isPiece;
            if (_end == CloseReason.None)
            {
                BlockPool.OfThread.TakeElsewhere(copy.Length);
            }

            _taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _arrived.TrySetResult();
            if (_isLetGo || peer.Reason != CloseReason.None)
            {
                // It began to close before there was anything to let go.
                _isLetGo = true;
                _taken.TrySetResult();
            }

            return new ValueTask(_taken.Task);
        }
    }

    /// <summary>Waits until something is there.</summary>
    /// <returns>False when nothing will be.</returns>
    private async ValueTask<bool> ArrivedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task arrived;
            lock (_gate)
            {
                if (_bytes is not null)
                {
                    return true;
                }

                if (_end != CloseReason.None)
                {
                    return IsFault(_end) ? throw new PeerClosedException(_end) : false;
                }

                arrived = _arrived.Task;
            }

            await arrived.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Releases what was handed out, if it was whole; where <paramref name="isPiece"/>, only a piece of a body.</summary>
    private void ReleaseRead(bool isPiece)
    {
        TaskCompletionSource taken;
        lock (_gate)
        {
            if (_bytes is null || _position < _length || (isPiece && !_isPiece))
            {
                return;
            }

            taken = Empty();
        }

        taken.TrySetResult();
    }

    /// <summary>Nothing is in the place any more. Under the lock.</summary>
    /// <returns>What lets the lane go on, once the lock is left.</returns>
    private TaskCompletionSource Empty()
    {
        NoteReleased();
        ArrayPool<byte>.Shared.Return(_bytes!);
        _bytes = null;
        _isPiece = false;
        _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_end != CloseReason.None)
        {
            _arrived.TrySetResult();
        }

        return _taken!;
    }

    /// <summary>What a closed peer holds is garbage as soon as nobody reads it. Under the lock.</summary>
    private void NoteReleased()
    {
        if (_end == CloseReason.None)
        {
            BlockPool.ReleaseElsewhere(Held);
        }
    }

    private static bool IsFault(CloseReason reason)
        => reason is not (CloseReason.Remote or CloseReason.Local or CloseReason.Stopped or CloseReason.Redirected);
}
