using System.Diagnostics;
using QContinuum.Protocol;

namespace QContinuum;

/// <summary>
/// The default header: <c>int32 Length</c>, the bytes of the body without the header, then <c>int32 Id</c>, both little-endian on every
/// machine. It is byte for byte the header of the Go library that this one descends from.
/// </summary>
/// <param name="Length">Bytes of the body. When a message is sent it is derived from the body, never taken from here.</param>
/// <param name="Id">The id of the message.</param>
public readonly record struct MessageHeader(int Length, int Id) : IHeader<MessageHeader>
{
    /// <summary>Bytes of the header on the wire.</summary>
    public const int Size = 8;

    private const int IdOffset = 4;

    /// <inheritdoc/>
    public static HeaderCodec Codec => HeaderCodec.Default;

    static int IHeader<MessageHeader>.Size => Size;

    /// <inheritdoc/>
    public static FrameStatus TryReadFrame(ReadOnlySpan<byte> bytes, int maxBody, out MessageHeader header, out int frame)
    {
        if (bytes.Length < Size)
        {
            header = default;
            frame = Size;
            return FrameStatus.Incomplete;
        }

        ref readonly byte origin = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(bytes);
        int length = Wire.ReadInt32(in origin, 0);
        header = new MessageHeader(length, Wire.ReadInt32(in origin, IdOffset));

        // One unsigned comparison refuses a negative length as well; which of the two it was matters only once it is refused.
        if ((uint)length > (uint)maxBody)
        {
            frame = 0;
            return length < 0 ? FrameStatus.NegativeLength : FrameStatus.TooLong;
        }

        frame = Size + length;
        return bytes.Length < frame ? FrameStatus.Incomplete : FrameStatus.Complete;
    }

    /// <inheritdoc/>
    public static void Write(scoped in MessageHeader header, int body, scoped Span<byte> destination)
    {
        Debug.Assert(body >= 0, "a body has no negative length");
        Wire.CheckRoom(destination, Size);
        ref byte origin = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(destination);
        Wire.WriteInt32(ref origin, 0, body);
        Wire.WriteInt32(ref origin, IdOffset, header.Id);
    }
}
