using System.Runtime.CompilerServices;
using QContinuum.Buffers;
using QContinuum.Protocol;

namespace QContinuum;

/// <summary>
/// The write path where the usual case (<see cref="TailFor"/>) does not hold: on another thread, for the first message of a turn, where a block is full, where much waits.
/// </summary>
public sealed partial class Peer
{
    [ThreadStatic]
    private static OutgoingChain? t_foreignChain;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private SendResult SendSizedElse<T>(scoped in T message, ulong correlation, int size)
        where T : IMessage<T>, allows ref struct
    {
        if (size < 0)
        {
            return SendUnsized(in message, new DerivedHeader(Header, T.Id, correlation, T.Role));
        }

        OutgoingChain chain = BeginSend(out bool onLane, size);
        SendResult result = Admit(chain.Bytes, size);
        if (result <= SendResult.Congested)
        {
            OutgoingChain.Mark begin = chain.End();
            try
            {
                T.WriteFrame(in message, chain.Reserve(size), correlation);
            }
            catch
            {
                // What the message holds cannot be written: it is as if nothing had been.
                chain.Rollback(in begin);
                throw;
            }

            chain.Advance(size);
        }

        return EndSend(chain, onLane, result);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private SendResult SendElse<THeader, T>(scoped in THeader header, scoped in T message, int size)
        where THeader : struct, IHeader<THeader>
        where T : IMessage<T, THeader>, allows ref struct
    {
        if (size < 0)
        {
            return SendUnsized(in message, new ChosenHeader<THeader>(T.HeaderOf(in message, in header)));
        }

        OutgoingChain chain = BeginSend(out bool onLane, size);
        SendResult result = Admit(chain.Bytes, size);
        if (result <= SendResult.Congested)
        {
            OutgoingChain.Mark begin = chain.End();
            try
            {
                T.WriteFrame(in message, in header, chain.Reserve(size));
            }
            catch
            {
                chain.Rollback(in begin);
                throw;
            }

            chain.Advance(size);
        }

        return EndSend(chain, onLane, result);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private SendResult ForwardElse<THeader>(scoped in THeader header, scoped ReadOnlySpan<byte> body, int size)
        where THeader : struct, IHeader<THeader>
    {
        OutgoingChain chain = BeginSend(out bool onLane, size);
        SendResult result = Admit(chain.Bytes, size);
        if (result <= SendResult.Congested)
        {
            OutgoingChain.Mark begin = chain.End();
            Span<byte> frame = chain.Reserve(size);
            try
            {
                body.CopyTo(Framing.Begin(frame, in header, body.Length));
                Framing.End<THeader>(frame);
            }
            catch
            {
                chain.Rollback(in begin);
                throw;
            }

            chain.Advance(size);
        }

        return EndSend(chain, onLane, result);
    }

    /// <summary>The chain in which the calling thread encodes: the lane's tail on the lane, the thread's own elsewhere.</summary>
    private OutgoingChain BeginSend(out bool onLane, int size)
    {
        onLane = IsHere;
        if (onLane)
        {
            OutgoingChain tail = _tail ?? BeginTail();
            return !tail.IsBeingWritten
                ? tail
                : throw new InvalidOperationException($"What writes a message to {this} cannot send it another one meanwhile, which would come to lie within the first.");
        }

        OutgoingChain chain = t_foreignChain ??= new OutgoingChain();
        chain.Begin(BlockPool.OfThread, Math.Max(size, OutgoingChain.SmallBlockSize));
        return chain;
    }

    private SendResult EndSend(OutgoingChain chain, bool onLane, SendResult result)
    {
        bool isAnswer = onLane && IsAnswering;
        if (onLane)
        {
            chain.IsAnswer |= isAnswer;
        }
        else if (!chain.IsEmpty)
        {
            Block first = chain.Detach(out Block last, out int bytes);
            _connection.Publish(first, last, bytes);
        }

        if (result == SendResult.Overflow)
        {
            Overflow(isAnswer);
        }
        else if (result == SendResult.Congested && isAnswer)
        {
            Pace();
        }

        return result;
    }

    /// <summary>
    /// Short messages may ask for long answers. Before those of what was read overflow the peer, the rest of it waits, as for an
    /// asynchronous handler, until the other side has taken what it asked for. Lane only.
    /// </summary>
    private void Pace()
    {
        if (_isPaced || (long)_connection.Pending + (_tail?.Bytes ?? 0) <= _options.SendLimit / 2)
        {
            return;
        }

        _isPaced = true;
        PublishTail(here: false);
        HoldUntil(new ValueTask(_connection.WhenBelowLowWatermark()), HeldBy.Room);
    }

    private void Overflow(bool isAnswer)
    {
        if (_options.WhenFull == OverflowPolicy.Refuse && !isAnswer)
        {
            Interlocked.Increment(ref Extras.Refused);
        }
        else if (TrySetReason(CloseReason.Overflow, $"more than {_options.SendLimit} bytes wait to be sent to it"))
        {
            _connection.Abort();
        }
    }
}
