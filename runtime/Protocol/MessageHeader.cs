using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    public static HeaderCodec Codec { get; } = HeaderCodec.Of<MessageHeader>();

    static int IHeader<MessageHeader>.Size => Size;

    static int IHeader<MessageHeader>.MaxBody => int.MaxValue - Size;

    // What follows is said by default as well. But an image that is compiled beforehand has no defaults of static members, and this is the header that most programs start with.
    static int IHeader<MessageHeader>.TrailerSize => 0;

    static int IHeader<MessageHeader>.CorrelationBits => 0;

    static bool IHeader<MessageHeader>.HasChecksum => false;

    static bool IHeader<MessageHeader>.TellsReplies => false;

    /// <inheritdoc/>
    static bool IHeader<MessageHeader>.TellsFaults => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FrameStatus TryReadFrame(ReadOnlySpan<byte> bytes, int maxBody, out MessageHeader header, out FrameExtent extent)
    {
        if (bytes.Length < Size)
        {
            header = default;
            extent = new FrameExtent(Size, 0, 0);
            return FrameStatus.Incomplete;
        }

        ref readonly byte origin = ref MemoryMarshal.GetReference(bytes);
        int length = Wire.ReadInt32(in origin, 0);
        header = new MessageHeader(length, Wire.ReadInt32(in origin, IdOffset));

        // One unsigned comparison refuses a negative length as well; which of the two it was matters only once it is refused.
        if ((uint)length > (uint)Math.Min(maxBody, int.MaxValue - Size))
        {
            extent = default;
            return length < 0 ? FrameStatus.NegativeLength : FrameStatus.TooLong;
        }

        extent = new FrameExtent(Size + length, Size, length);

        // Unsigned, as a slice of the frame checks it.
        return (uint)extent.Length > (uint)bytes.Length ? FrameStatus.Incomplete : FrameStatus.Complete;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long IdOf(scoped in MessageHeader header) => header.Id;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MessageHeader Create(long id, ulong correlation, MessageRole role) => new(0, (int)id);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static MessageHeader IHeader<MessageHeader>.Adopt(scoped in MessageHeader chosen, long id, MessageRole role) => new(0, (int)id);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong IHeader<MessageHeader>.CorrelationOf(scoped in MessageHeader header) => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static MessageRole IHeader<MessageHeader>.RoleOf(scoped in MessageHeader header) => MessageRole.None;

    static MessageHeader IHeader<MessageHeader>.ReplyTo(scoped in MessageHeader request, MessageRole role) => new(0, request.Id);

    static void IHeader<MessageHeader>.Seal(scoped Span<byte> frame)
    {
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(scoped in MessageHeader header, int body, scoped Span<byte> frame)
    {
        Debug.Assert(body >= 0, "a body has no negative length");
        Wire.CheckRoom(frame, Size);
        ref byte origin = ref MemoryMarshal.GetReference(frame);
        Wire.WriteInt32(ref origin, 0, body);
        Wire.WriteInt32(ref origin, IdOffset, header.Id);
    }
}
