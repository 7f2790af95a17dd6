using System.Runtime.CompilerServices;
using QContinuum.Buffers;
using QContinuum.Protocol;

namespace QContinuum;

/// <summary>
/// The write path where the usual case (<see cref="TryTailFor"/>) does not hold: on another thread, for the first message of a turn, where a block is full, where much waits.
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

        SizedFrame frame = BeginFrame(size);
        try
        {
            if (frame.IsAdmitted)
            {
                T.WriteFrame(in message, frame.Room, correlation);
                frame.IsWritten = true;
            }
        }
        finally
        {
            EndFrame(ref frame);
        }

        return frame.Result;
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

        SizedFrame frame = BeginFrame(size);
        try
        {
            if (frame.IsAdmitted)
            {
                T.WriteFrame(in message, in header, frame.Room);
                frame.IsWritten = true;
            }
        }
        finally
        {
            EndFrame(ref frame);
        }

        return frame.Result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private SendResult ForwardElse<THeader>(scoped in THeader header, scoped ReadOnlySpan<byte> body, int size, bool isPatient)
        where THeader : struct, IHeader<THeader>
    {
        SizedFrame frame = BeginFrame(size);
        frame.IsPatient = isPatient;
        try
        {
            if (frame.IsAdmitted)
            {
                body.CopyTo(Framing.Begin(frame.Room, in header, body.Length));
                Framing.End<THeader>(frame.Room);
                frame.IsWritten = true;
            }
        }
        finally
        {
            EndFrame(ref frame);
        }

        return frame.Result;
    }

    private SizedFrame BeginFrame(int size)
    {
        OutgoingChain chain = BeginSend(out bool onLane, size);
        SizedFrame frame = new(chain, onLane, size) { Result = Admit(onLane, chain.Bytes, size), Begin = chain.End() };
        if (frame.IsAdmitted)
        {
            frame.Room = Reserve(chain, onLane, size);
            BeginWriting(chain, onLane);
        }

        return frame;
    }

    /// <summary>What was admitted does not wait where there is no memory for it.</summary>
    private Span<byte> Reserve(OutgoingChain chain, bool onLane, int size)
    {
        try
        {
            return size > 0 ? chain.Reserve(size) : default;
        }
        catch (OutOfMemoryException) when (!onLane)
        {
            _connection.GiveBack(size);
            throw;
        }
    }

    /// <summary>Where it was not written, since what the message holds cannot be, it is as if nothing had been.</summary>
    private void EndFrame(ref SizedFrame frame)
    {
        if (frame.IsAdmitted)
        {
            EndWriting(frame.Chain, frame.OnLane);
            if (frame is { IsWritten: true, Size: > 0 })
            {
                frame.Chain.Advance(frame.Size);
            }
            else
            {
                frame.Chain.Rollback(in frame.Begin);
            }
        }

        frame.Result = EndSend(frame.Chain, frame.OnLane, frame.Result, frame.Size, frame.IsPatient);
    }

    /// <summary>The chain in which the calling thread encodes: the lane's tail on the lane, the thread's own elsewhere.</summary>
    private OutgoingChain BeginSend(out bool onLane, int size)
    {
        onLane = IsHere;
        if (onLane)
        {
            OutgoingChain tail = _tail ?? BeginTail();
            if (tail.IsBeingWritten)
            {
                throw new InvalidOperationException($"What writes a message to {this} cannot send it another one meanwhile, which would come to lie within the first.");
            }

            tail.Settle();
            return tail;
        }

        OutgoingChain chain = t_foreignChain ??= new OutgoingChain();
        chain.Begin(BlockPool.OfThread, Math.Max(size, OutgoingChain.SmallBlockSize));
        return chain;
    }

    /// <summary>From here to <see cref="EndWriting"/> runs what writes a message, which may be anything.</summary>
    private static void BeginWriting(OutgoingChain chain, bool onLane)
    {
        chain.IsBeingWritten = true;
        if (!onLane)
        {
            // Taken while it is used: it may send another message.
            t_foreignChain = null;
        }
    }

    private static void EndWriting(OutgoingChain chain, bool onLane)
    {
        chain.IsBeingWritten = false;
        if (!onLane)
        {
            t_foreignChain = chain;
        }
    }

    /// <summary>Hands over what another thread has encoded, or keeps what the lane has, and does what the sender is told.</summary>
    /// <param name="chain">Of <see cref="BeginSend"/>.</param>
    /// <param name="onLane">Whether it is the lane's.</param>
    /// <param name="result">Of <see cref="Admit"/>.</param>
    /// <param name="admitted">The bytes that were asked for.</param>
    /// <param name="isPatient">Whether who finds no room waits for it: nobody is closed for that, and nothing was refused.</param>
    private SendResult EndSend(OutgoingChain chain, bool onLane, SendResult result, int admitted, bool isPatient = false)
    {
        bool isAnswer = onLane && IsAnswering;
        if (onLane)
        {
            chain.IsAnswer |= isAnswer;
        }
        else if (result <= SendResult.Congested)
        {
            int unused = admitted - chain.Bytes;
            if (!chain.IsEmpty)
            {
                _connection.PublishReserved(chain.Detach(out Block last, out _), last);
            }

            if (unused > 0)
            {
                _connection.GiveBack(unused);
            }
        }

        if (result == SendResult.Overflow)
        {
            if (!isPatient)
            {
                Overflow(isAnswer);
            }
        }
        else if (onLane && result <= SendResult.Congested)
        {
            long most = Math.Min(_options.HighWatermark, _options.SendLimit / 2);
            long waiting = Waiting(chain.Bytes);
            if (isAnswer && (waiting > _options.SendLimit / 2 || waiting + admitted > _options.SendLimit))
            {
                Pace();
            }
            else
            {
                // What follows need not ask as long as it fits into the block that there is: what other threads send meanwhile is seen with the next one.
                chain.Allow(most - waiting);
            }
        }

        return result;
    }

    /// <summary>
    /// Short messages may ask for long answers. Before those of what was read overflow the peer, the rest of it waits, as for an
    /// asynchronous handler, until the other side has taken what it asked for. Lane only.
    /// </summary>
    private void Pace()
    {
        if (!_isPaced)
        {
            _isPaced = true;
            PublishWithinHandler();
            HoldUntil(new ValueTask(_connection.WhenBelowLowWatermark()), HeldBy.Room);
        }
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

    /// <summary>A frame whose size is known before it is written.</summary>
    private ref struct SizedFrame(OutgoingChain chain, bool onLane, int size)
    {
        internal readonly OutgoingChain Chain = chain;
        internal readonly bool OnLane = onLane;
        internal readonly int Size = size;
        internal SendResult Result;
        internal OutgoingChain.Mark Begin;
        internal Span<byte> Room;
        internal bool IsWritten;
        internal bool IsPatient;

        internal readonly bool IsAdmitted => Result <= SendResult.Congested;
    }
}
