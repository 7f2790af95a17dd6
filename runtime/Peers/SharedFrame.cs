using System.Buffers;
using QContinuum.Buffers;
using QContinuum.Protocol;

namespace QContinuum;

/// <summary>Encodes a message into a block of its own, which many peers then share.</summary>
internal static class SharedFrame
{
    /// <summary>Encodes a message whose header is its own.</summary>
    /// <returns>A block with one reference: the caller's.</returns>
    internal static Block Encode<T>(scoped in T message)
        where T : IMessage<T>, allows ref struct
    {
        int size = T.SizeOf(in message);
        if (size >= 0)
        {
            Block block = BlockPool.OfThread.Take(size);
            try
            {
                T.WriteFrame(in message, block.FreeSpan(size), correlation: 0);
            }
            catch
            {
                block.Release();
                throw;
            }

            block.End = size;
            return block;
        }

        HeaderCodec codec = T.Header;
        ArrayBufferWriter<byte> body = new();
        T.WriteBody(in message, body);
        if (body.WrittenCount > codec.MaxBody)
        {
            Framing.ThrowTooLong(codec.Name, body.WrittenCount, codec.MaxBody);
        }

        size = checked(codec.Size + body.WrittenCount + codec.TrailerSize);
        Block whole = BlockPool.OfThread.Take(size);
        try
        {
            Span<byte> frame = whole.FreeSpan(size);
            codec.Write(T.Id, 0, T.Role, body.WrittenCount, frame);
            body.WrittenSpan.CopyTo(frame[codec.Size..]);
            codec.Seal(frame);
        }
        catch
        {
            // A length in units of four bytes, for instance.
            whole.Release();
            throw;
        }

        whole.End = size;
        return whole;
    }

    /// <summary>Encodes a message with header fields of the sender's choice.</summary>
    /// <returns>A block with one reference: the caller's.</returns>
    internal static Block Encode<THeader, T>(scoped in THeader header, scoped in T message)
        where THeader : struct, IHeader<THeader>
        where T : IMessage<T, THeader>, allows ref struct
    {
        ArrayBufferWriter<byte> frame = new();
        MessageCodec.WriteFrame(in header, in message, frame);
        Block block = BlockPool.OfThread.Take(frame.WrittenCount);
        frame.WrittenSpan.CopyTo(block.FreeSpan(frame.WrittenCount));
        block.End = frame.WrittenCount;
        return block;
    }
}
