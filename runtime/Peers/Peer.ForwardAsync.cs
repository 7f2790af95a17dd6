using QContinuum.Loops;
using QContinuum.Protocol;

namespace QContinuum;

/// <summary>How many pass on to one peer what they receive, and none of them finds it full: who comes while much waits waits in a line, one frame each.</summary>
public sealed partial class Peer
{
    /// <summary>
    /// Queues a frame like <see cref="Forward"/>, but where more than <see cref="PeerOptions.HighWatermark"/> bytes wait to be sent already, it is copied and queued once no more
    /// than <see cref="PeerOptions.LowWatermark"/> wait, one call after another: what to await where many peers are passed on to one. A handler that awaits it keeps the peer
    /// whose frame it is from being read meanwhile, so that each has one frame that waits here, which <see cref="PeerServerOptions.MemoryLimit"/> counts as that peer's. Any thread.
    /// </summary>
    /// <typeparam name="THeader">The header of what this peer is sent.</typeparam>
    /// <param name="header">The header.</param>
    /// <param name="body">The body; it is copied before the call returns.</param>
    /// <param name="cancellationToken">Ends the waiting: the frame is then not sent.</param>
    /// <returns>
    /// <see cref="SendResult.Sent"/> once it is queued; or else why it is not: the peer has closed, speaks another header, or the frame is so long that it finds no room beside
    /// <see cref="PeerOptions.LowWatermark"/> bytes (<see cref="SendResult.Overflow"/>, for which the peer is not closed).
    /// </returns>
    /// <exception cref="ArgumentException">The body is longer than the header can frame.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public ValueTask<SendResult> ForwardAsync<THeader>(scoped in THeader header, scoped ReadOnlySpan<byte> body, CancellationToken cancellationToken = default)
        where THeader : struct, IHeader<THeader>
    {
        if (THeader.Codec != Header)
        {
            return new ValueTask<SendResult>(SendResult.WrongHeader);
        }

        // Throws for a body that is too long: before it would wait.
        CheckBody(body.Length);
        int size = Framing.SizeOf<THeader>(body.Length);
        if (size > MostWaiting - _options.LowWatermark)
        {
            // However long it waited: not by what other messages happen to be there.
            return new ValueTask<SendResult>(SendResult.Overflow);
        }

        ForwardLine line = Volatile.Read(ref Extras.Forwards) ?? MakeLine();
        lock (line.Gate)
        {
            if (line.IsEmpty && HasRoomFor(size) && ForwardFrame(in header, body, isPatient: true) is not SendResult.Overflow and var result)
            {
                return new ValueTask<SendResult>(Queued(result));
            }

            cancellationToken.ThrowIfCancellationRequested();

            // What this lane has sent before goes before it.
            PublishWithinHandler();

            // On the thread of a handler that was called for a message it is held by that peer, elsewhere by the process alone.
            OwnedFrame? copy = body.IsEmpty ? null : OwnedFrame.CopyExactly(body, Lane.Current?.Receiver);
            return new ValueTask<SendResult>(ForwardInTurnAsync(line, line.Join(), header, copy, size, cancellationToken));
        }
    }

    private static SendResult Queued(SendResult result) => result == SendResult.Congested ? SendResult.Sent : result;

    private ForwardLine MakeLine()
    {
        ForwardLine fresh = new();
        return Interlocked.CompareExchange(ref Extras.Forwards, fresh, null) ?? fresh;
    }

    private async Task<SendResult> ForwardInTurnAsync<THeader>(
        ForwardLine line, LinkedListNode<TaskCompletionSource> place, THeader header, OwnedFrame? copy, int size, CancellationToken cancellationToken)
        where THeader : struct, IHeader<THeader>
    {
        try
        {
            await place.Value.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                while (!HasRoomFor(size))
                {
                    await WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
                }

                SendResult result = ForwardFrame(in header, copy is null ? default : copy.Memory.Span, isPatient: true);
                if (result != SendResult.Overflow)
                {
                    return Queued(result);
                }

                // Others took the room meanwhile; or it is the lane itself that is in the midst of a message, and has to go on first.
                cancellationToken.ThrowIfCancellationRequested();
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }
        }
        finally
        {
            copy?.Dispose();
            line.Leave(place);
        }
    }

    /// <summary>Whether a frame is queued at once, be it to be told that the peer has closed. On the lane what it has gathered is published first, where it is much.</summary>
    private bool HasRoomFor(int size)
    {
        if (TryTailFor(size, out _) || Reason != CloseReason.None || _connection.IsUntaken)
        {
            return true;
        }

        PublishWithinHandler();
        int waiting = _connection.Pending;
        return waiting == 0 || (waiting <= _options.HighWatermark && waiting <= MostWaiting - size);
    }
}
