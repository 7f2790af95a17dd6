using System.Buffers;
using QContinuum.Loops;

namespace QContinuum.Transports.Memory;

/// <summary>One direction of a connection in memory: a bounded run of bytes with one writer and one reader, each on a thread of its own.</summary>
/// <remarks>
/// Invariant: <c>0 ≤ _count ≤ Capacity</c>, and memory is held only while <c>_count &gt; 0</c>. It behaves as a socket's buffers do: what was written
/// before its end, or before a reset, is read before it.
/// </remarks>
internal sealed class MemoryPipe
{
    /// <summary>What is kept between writer and reader, in bytes: about what a socket of this machine keeps at least.</summary>
    internal const int Capacity = 64 * 1024;

    private readonly Lock _gate = new();
    private byte[]? _bytes;
    private int _start;
    private int _count;
    private bool _isEnded;
    private bool _isAbandoned;
    private bool _isReset;

    /// <summary>Called after a change that the reader waits for: bytes, the end, a reset.</summary>
    internal Action? ReaderWakes { get; set; }

    /// <summary>Called after a change that the writer waits for: room, or nobody who reads.</summary>
    internal Action? WriterWakes { get; set; }

    /// <summary>Bytes written and not yet read.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Whether nobody will read.</summary>
    internal bool IsAbandoned
    {
        get
        {
            lock (_gate)
            {
                return _isAbandoned;
            }
        }
    }

    /// <summary>What a read would find.</summary>
    internal Readiness ForReader
    {
        get
        {
            lock (_gate)
            {
                return _isReset ? Readiness.Readable | Readiness.Failed : _count > 0 || _isEnded ? Readiness.Readable : Readiness.None;
            }
        }
    }

    /// <summary>What a write would find.</summary>
    internal Readiness ForWriter
    {
        get
        {
            lock (_gate)
            {
                return _isReset ? Readiness.Writable | Readiness.Failed : _isAbandoned || _count < Capacity ? Readiness.Writable : Readiness.None;
            }
        }
    }

    /// <summary>Reads what is there, as much as fits.</summary>
    /// <returns>Bytes read, 0 at the end, or an <see cref="IoError"/>, negated.</returns>
    internal int Read(Span<byte> destination)
    {
        int read;
        lock (_gate)
        {
            if (_count == 0)
            {
                return _isReset ? -(int)IoError.Reset : _isEnded ? 0 : -(int)IoError.WouldBlock;
            }

            read = Math.Min(destination.Length, _count);
            int first = Math.Min(read, _bytes!.Length - _start);
            _bytes.AsSpan(_start, first).CopyTo(destination);
            _bytes.AsSpan(0, read - first).CopyTo(destination[first..]);
            _start = (_start + read) % _bytes.Length;
            _count -= read;
            GiveBackIfEmpty();
        }

        WriterWakes?.Invoke();
        return read;
    }

    /// <summary>Writes as much as there is room for.</summary>
    /// <returns>Bytes written, or an <see cref="IoError"/>, negated.</returns>
    internal int Write(ReadOnlySpan<byte> source)
    {
        int written;
        lock (_gate)
        {
            if (_isReset)
            {
                return -(int)IoError.Reset;
            }

            if (_isAbandoned || _isEnded)
            {
                return -(int)IoError.NotTaken;
            }

            written = Math.Min(source.Length, Capacity - _count);
            if (written == 0)
            {
                return -(int)IoError.WouldBlock;
            }

            Grow(_count + written);
            int end = (_start + _count) % _bytes!.Length;
            int first = Math.Min(written, _bytes.Length - end);
            source[..first].CopyTo(_bytes.AsSpan(end));
            source[first..written].CopyTo(_bytes);
            _count += written;
        }

        ReaderWakes?.Invoke();
        return written;
    }

    /// <summary>Nothing more will be written.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _isEnded = true;
        }

        ReaderWakes?.Invoke();
    }

    /// <summary>Nothing more will be read.</summary>
    /// <returns>Whether something is lost by that.</returns>
    internal bool Abandon()
    {
        bool isLost;
        lock (_gate)
        {
            _isAbandoned = true;
            isLost = _count > 0;
            _count = 0;
            GiveBackIfEmpty();
        }

        WriterWakes?.Invoke();
        return isLost;
    }

    /// <summary>Writing fails from here on, and so does reading once what was written before has been read.</summary>
    internal void Reset()
    {
        lock (_gate)
        {
            _isReset = true;
        }

        ReaderWakes?.Invoke();
        WriterWakes?.Invoke();
    }

    private void Grow(int size)
    {
        if (_bytes is not null && _bytes.Length >= size)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Min(Math.Max(size * 2, 1024), Capacity));
        if (_bytes is not null)
        {
            int first = Math.Min(_count, _bytes.Length - _start);
            _bytes.AsSpan(_start, first).CopyTo(larger);
            _bytes.AsSpan(0, _count - first).CopyTo(larger.AsSpan(first));
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
        _start = 0;
    }

    private void GiveBackIfEmpty()
    {
        if (_count == 0 && _bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = null;
            _start = 0;
        }
    }
}
