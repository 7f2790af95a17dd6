using System.Net.Sockets;
using QContinuum.Loops;
using QContinuum.Transports.Memory;

namespace QContinuum;

/// <summary>
/// The bare side of a connection in memory: bytes as a client sends and receives them. One thread may read while another writes; disposing closes it as a
/// socket is closed, and ends what waits on it with an <see cref="ObjectDisposedException"/>.
/// </summary>
public sealed class MemoryClientStream : Stream
{
    private readonly MemoryEnd _end;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isClosed;
    private bool _isCompleted;

    internal MemoryClientStream(MemoryEnd end)
    {
        _end = end;
        end.WakeBy(Wake);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <summary>Not known.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Length => throw new NotSupportedException();

    /// <summary>Not known.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Ends the outgoing direction: the other side sees the end after all that was written. Reading goes on. Doing so twice is doing so once.</summary>
    /// <exception cref="ObjectDisposedException">The stream is closed.</exception>
    public void CompleteWriting()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isClosed) != 0, this);
        Volatile.Write(ref _isCompleted, true);
        _end.EndWriting();
    }

    /// <summary>Ends the connection at once: the other side sees a reset.</summary>
    public void Reset() => Close(reset: true);

    /// <summary>Writes what there is room for, without waiting.</summary>
    /// <param name="bytes">What to write.</param>
    /// <returns>Bytes written, 0 while there is no room.</returns>
    /// <exception cref="IOException">The connection was reset, or the other side is closed.</exception>
    /// <exception cref="InvalidOperationException">The outgoing direction was ended.</exception>
    /// <exception cref="ObjectDisposedException">The stream is closed.</exception>
    public int TryWrite(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isClosed) != 0, this);
        if (Volatile.Read(ref _isCompleted))
        {
            throw new InvalidOperationException($"Nothing can be written after {nameof(CompleteWriting)}.");
        }

        int written = bytes.IsEmpty ? 0 : _end.Write(bytes);
        return written == -(int)IoError.WouldBlock ? 0 : Checked(written);
    }

    /// <summary>Reads what is there, as much as fits, and waits until something is. As with a socket, a read of no bytes waits too, and takes nothing.</summary>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Bytes read; 0 at the end, or where <paramref name="buffer"/> is empty.</returns>
    /// <exception cref="IOException">The connection was reset.</exception>
    /// <exception cref="ObjectDisposedException">The stream is closed.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended, or had been before it began.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _isClosed) != 0, this);
            // Taken before the pipe is looked at: what changes after the look completes this one, and not one that nobody waits for.
            Task changed = Volatile.Read(ref _changed).Task;
            int read = _end.Read(buffer.Span);
            if (read != -(int)IoError.WouldBlock)
            {
                return Checked(read);
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes all of it, and waits for room where there is none.</summary>
    /// <param name="buffer">The bytes.</param>
    /// <param name="cancellationToken">Ends the waiting: what there was room for before has been written.</param>
    /// <exception cref="IOException">The connection was reset, or the other side is closed.</exception>
    /// <exception cref="InvalidOperationException">The outgoing direction was ended.</exception>
    /// <exception cref="ObjectDisposedException">The stream is closed.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended, or had been before it began.</exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isClosed) != 0, this);
        while (!buffer.IsEmpty)
        {
            Task changed = Volatile.Read(ref _changed).Task;
            int written = TryWrite(buffer.Span);
            buffer = buffer[written..];
            if (written == 0)
            {
                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
        => ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
        => WriteAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <summary>Nothing is kept back: does nothing.</summary>
    public override void Flush()
    {
    }

    /// <summary>Cannot be done.</summary>
    /// <param name="offset">Not used.</param>
    /// <param name="origin">Not used.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <summary>Cannot be done.</summary>
    /// <param name="value">Not used.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Close(reset: false);
        base.Dispose(disposing);
    }

    private static int Checked(int count)
        => count >= 0 ? count : throw new IOException("The connection was reset.", new SocketException((int)SocketError.ConnectionReset));

    private void Close(bool reset)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            _end.Close(reset);

            // The other side's end does not wake those who wait on this one.
            Wake();
        }
    }

    private void Wake() => Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
