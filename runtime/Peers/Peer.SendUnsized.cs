using System.Buffers;
using QContinuum.Buffers;
using QContinuum.Protocol;

namespace QContinuum;

/// <summary>
/// Messages whose size is known only once they are written (MessagePack). Where a header is all that stands around a body, the body is written in place
/// and the header is filled in afterwards; where a trailer or a checksum needs the whole frame, the body is written aside first.
/// </summary>
public sealed partial class Peer
{
    /// <summary>What a thread keeps for bodies that are written aside; a longer one is not kept.</summary>
    private const int AsideBytes = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_aside;

    /// <summary>Writes the header, and what else is around a body.</summary>
    private interface IHeaderWriter
    {
        void Write(int body, Span<byte> frame);

        void Seal(Span<byte> frame);
    }

    private SendResult SendUnsized<T, THeaderWriter>(scoped in T message, THeaderWriter header)
        where T : IMessage<T>, allows ref struct
        where THeaderWriter : struct, IHeaderWriter
        => Header.IsHeaderAlone ? SendInPlace(in message, header) : SendAside(in message, header);

    private SendResult SendInPlace<T, THeaderWriter>(scoped in T message, THeaderWriter header)
        where T : IMessage<T>, allows ref struct
        where THeaderWriter : struct, IHeaderWriter
    {
        int headerSize = Header.Size;
        OutgoingChain chain = BeginSend(out bool onLane, headerSize);
        SendResult result = Reason != CloseReason.None ? SendResult.Closed : Judge(Waiting(chain.Bytes) + headerSize);
        if (result > SendResult.Congested)
        {
            return EndSend(chain, onLane, result, admitted: 0);
        }

        OutgoingChain.Mark begin = chain.End();
        int admitted = 0;
        bool written = false;
        BeginWriting(chain, onLane);
        try
        {
            chain.Reserve(headerSize);
            chain.Advance(headerSize);
            T.WriteBody(in message, chain);
            int size = chain.Bytes - begin.Bytes;
            CheckBody(size - headerSize);
            result = Admit(onLane, begin.Bytes, size);
            if (result <= SendResult.Congested)
            {
                admitted = size;
                header.Write(size - headerSize, chain.Reserved(in begin, headerSize));
                chain.DropEmpty(in begin);
                written = true;
            }
        }
        finally
        {
            EndWriting(chain, onLane);

            // Refused, or the serialiser threw: as if nothing had been written.
            if (!written)
            {
                chain.Rollback(in begin);
            }

            result = EndSend(chain, onLane, result, admitted);
        }

        return result;
    }

    private SendResult SendAside<T, THeaderWriter>(scoped in T message, THeaderWriter header)
        where T : IMessage<T>, allows ref struct
        where THeaderWriter : struct, IHeaderWriter
    {
        // Taken while it is used: a serialiser of the user's may send another message.
        ArrayBufferWriter<byte> aside = t_aside ?? new ArrayBufferWriter<byte>();
        t_aside = null;
        T.WriteBody(in message, aside);
        ReadOnlySpan<byte> body = aside.WrittenSpan;
        CheckBody(body.Length);
        int size = checked(Header.Size + body.Length + Header.TrailerSize);
        SizedFrame frame = BeginFrame(size);
        try
        {
            if (frame.IsAdmitted)
            {
                header.Write(body.Length, frame.Room);
                body.CopyTo(frame.Room[Header.Size..]);
                header.Seal(frame.Room);
                frame.IsWritten = true;
            }
        }
        finally
        {
            EndFrame(ref frame);
        }

        if (aside.Capacity <= AsideBytes)
        {
            aside.ResetWrittenCount();
            t_aside = aside;
        }

        return frame.Result;
    }

    private void CheckBody(int body)
    {
        if (body > Header.MaxBody)
        {
            Framing.ThrowTooLong(Header.Name, body, Header.MaxBody);
        }
    }

    /// <summary>A header that the message alone decides.</summary>
    private readonly struct DerivedHeader(HeaderCodec codec, long id, ulong correlation, MessageRole role) : IHeaderWriter
    {
        public void Write(int body, Span<byte> frame) => codec.Write(id, correlation, role, body, frame);

        public void Seal(Span<byte> frame) => codec.Seal(frame);
    }

    /// <summary>A header whose fields the sender chose.</summary>
    private readonly struct ChosenHeader<THeader>(THeader header) : IHeaderWriter
        where THeader : struct, IHeader<THeader>
    {
        public void Write(int body, Span<byte> frame) => THeader.Write(in header, body, frame);

        public void Seal(Span<byte> frame) => THeader.Seal(frame);
    }
}
