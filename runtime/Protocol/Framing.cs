using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace QContinuum.Protocol;

/// <summary>
/// How generated code reaches the members of a header, be they generated or written by hand: each call is specialised to its header and
/// vanishes where the header's code is inlined.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Framing
{
    /// <summary>The object that stands for a header at run time.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HeaderCodec CodecOf<THeader>()
        where THeader : struct, IHeader<THeader>
        => THeader.Codec;

    /// <summary>Bytes of a whole frame.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="body">Bytes of the body, not negative.</param>
    /// <exception cref="OverflowException">They are more than <see cref="int.MaxValue"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SizeOf<THeader>(int body)
        where THeader : struct, IHeader<THeader>
        => checked(THeader.Size + THeader.TrailerSize + body);

    /// <summary>Reads a header and measures its frame: <see cref="IHeader{TSelf}.TryReadFrame"/>.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="bytes">What has been received and not yet consumed.</param>
    /// <param name="maxBody">The longest body accepted, in bytes.</param>
    /// <param name="header">The header.</param>
    /// <param name="extent">The frame.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FrameStatus TryReadFrame<THeader>(ReadOnlySpan<byte> bytes, int maxBody, out THeader header, out FrameExtent extent)
        where THeader : struct, IHeader<THeader>
        => THeader.TryReadFrame(bytes, maxBody, out header, out extent);

    /// <summary>The id in a header.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="header">The header.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long IdOf<THeader>(scoped in THeader header)
        where THeader : struct, IHeader<THeader>
        => THeader.IdOf(in header);

    /// <summary>What ties a reply to its request.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="header">The header.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong CorrelationOf<THeader>(scoped in THeader header)
        where THeader : struct, IHeader<THeader>
        => THeader.CorrelationOf(in header);

    /// <summary>Makes the header of a reply: <see cref="IHeader{TSelf}.ReplyTo"/>.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="request">The header of the request.</param>
    /// <param name="role">What the reply is.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static THeader ReplyTo<THeader>(scoped in THeader request, MessageRole role)
        where THeader : struct, IHeader<THeader>
        => THeader.ReplyTo(in request, role);

    /// <summary>What a header says its message is to a request.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="header">The header.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MessageRole RoleOf<THeader>(scoped in THeader header)
        where THeader : struct, IHeader<THeader>
        => THeader.RoleOf(in header);

    /// <summary>Makes the header of a message: <see cref="IHeader{TSelf}.Create"/>.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="id">The id.</param>
    /// <param name="correlation">What ties a reply to its request.</param>
    /// <param name="role">What the message is to a request.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static THeader Create<THeader>(long id, ulong correlation, MessageRole role)
        where THeader : struct, IHeader<THeader>
        => THeader.Create(id, correlation, role);

    /// <summary>Makes the header of a message from one whose fields were chosen: <see cref="IHeader{TSelf}.Adopt"/>.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="chosen">The fields.</param>
    /// <param name="id">The id.</param>
    /// <param name="role">What the message is to a request.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static THeader Adopt<THeader>(scoped in THeader chosen, long id, MessageRole role)
        where THeader : struct, IHeader<THeader>
        => THeader.Adopt(in chosen, id, role);

    /// <summary>Writes header and trailer of a frame: the first half of writing a message, before its body.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="frame">The whole frame.</param>
    /// <param name="header">The header; its length is derived.</param>
    /// <param name="body">Bytes of the body.</param>
    /// <returns>Where the body goes: exactly <paramref name="body"/> bytes.</returns>
    /// <exception cref="ArgumentException">The body is longer than the header can frame, or the frame has another length than it must.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<byte> Begin<THeader>(Span<byte> frame, scoped in THeader header, int body)
        where THeader : struct, IHeader<THeader>
    {
        if (body > THeader.MaxBody)
        {
            ThrowTooLong(typeof(THeader).Name, body, THeader.MaxBody);
        }

        Wire.CheckSize(frame, THeader.Size + THeader.TrailerSize + body);
        THeader.Write(in header, body, frame);
        return frame.Slice(THeader.Size, body);
    }

    /// <summary>Computes the checksums of a frame: the second half of writing a message, after its body.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="frame">The whole frame.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void End<THeader>(scoped Span<byte> frame)
        where THeader : struct, IHeader<THeader>
    {
        if (THeader.HasChecksum)
        {
            THeader.Seal(frame);
        }
    }

    /// <summary>Writes a message with header fields chosen by the sender: <see cref="IMessage{TSelf, THeader}.WriteFrame(in TSelf, in THeader, Span{byte})"/>.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <typeparam name="THeader">Its header.</typeparam>
    /// <param name="message">The message.</param>
    /// <param name="chosen">The fields.</param>
    /// <param name="frame">The whole frame.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteFrame<T, THeader>(scoped in T message, scoped in THeader chosen, scoped Span<byte> frame)
        where T : IMessage<T, THeader>, allows ref struct
        where THeader : struct, IHeader<THeader>
        => T.WriteFrame(in message, in chosen, frame);

    /// <summary>The header of a message: <see cref="IMessage{TSelf, THeader}.HeaderOf"/>.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <typeparam name="THeader">Its header.</typeparam>
    /// <param name="message">The message.</param>
    /// <param name="chosen">The fields.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static THeader HeaderOf<T, THeader>(scoped in T message, scoped in THeader chosen)
        where T : IMessage<T, THeader>, allows ref struct
        where THeader : struct, IHeader<THeader>
        => T.HeaderOf(in message, in chosen);

    /// <summary>Finds the body in a whole frame.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="frame">The frame.</param>
    /// <param name="header">Its header.</param>
    /// <param name="body">Its body, when the result is true.</param>
    /// <returns>Whether it is one whole frame, no more and no less.</returns>
    public static bool TryGetBody<THeader>(ReadOnlyMemory<byte> frame, out THeader header, out ReadOnlyMemory<byte> body)
        where THeader : struct, IHeader<THeader>
    {
        bool isWhole = THeader.TryReadFrame(frame.Span, int.MaxValue, out header, out FrameExtent extent) == FrameStatus.Complete
            && extent.Length == frame.Length;
        body = isWhole ? frame.Slice(extent.BodyStart, extent.BodyLength) : default;
        return isWhole;
    }

    /// <summary>Whether the body of a whole frame is longer than its message may have. The frame is measured once more only where that may be.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="frame">The frame.</param>
    /// <param name="maxBody">The longest body, in bytes.</param>
    /// <param name="length">Bytes of the body, when the result is true.</param>
    internal static bool IsLonger<THeader>(ReadOnlyMemory<byte> frame, int maxBody, out int length)
        where THeader : struct, IHeader<THeader>
    {
        length = frame.Length > maxBody && TryGetBody<THeader>(frame, out _, out ReadOnlyMemory<byte> body) ? body.Length : 0;
        return length > maxBody;
    }

    /// <summary>Judges what a <see cref="FramerAttribute"/> method returned: it must make progress, and stay within the limits.</summary>
    /// <param name="status">What it returned.</param>
    /// <param name="frame">The bytes that it asks for, or of the whole frame.</param>
    /// <param name="received">Bytes that are there.</param>
    /// <param name="size">Bytes of the header.</param>
    /// <param name="trailer">Bytes of the trailer.</param>
    /// <param name="maxBody">The longest body accepted, in bytes.</param>
    /// <returns>What holds, <see cref="FrameStatus.Incomplete"/> as well where the frame is measured and not all of it there; and the frame.</returns>
    /// <remarks>Generated code comes here unless the frame is whole and within the limits, which it sees by itself: kept out of its loops.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static (FrameStatus Status, FrameExtent Extent) Judge(FrameStatus status, int frame, int received, int size, int trailer, int maxBody)
    {
        if (status is not (FrameStatus.Complete or FrameStatus.Incomplete))
        {
            return (status, default);
        }

        long body = (long)frame - size - trailer;
        if (body > maxBody)
        {
            return (FrameStatus.TooLong, default);
        }

        if (status == FrameStatus.Incomplete)
        {
            // Who asks for what is there would be called for ever.
            return frame > received ? (FrameStatus.Incomplete, new FrameExtent(frame, 0, 0)) : (FrameStatus.BadHeader, default);
        }

        return body < 0
            ? (FrameStatus.BadHeader, default)
            : (received < frame ? FrameStatus.Incomplete : FrameStatus.Complete, new FrameExtent(frame, size, (int)body));
    }

    /// <summary>The value of a length field.</summary>
    /// <param name="bytes">The bytes that it counts.</param>
    /// <param name="scale">Bytes for each unit.</param>
    /// <param name="max">The greatest value that the field holds.</param>
    /// <param name="body">Bytes of the body, for the text of the exception.</param>
    /// <param name="header">The name of the header, likewise.</param>
    /// <exception cref="ArgumentException">No value of the field says so many bytes.</exception>
    public static long UnitsOf(long bytes, int scale, ulong max, int body, string header)
    {
        long units = bytes / scale;
        return bytes >= 0 && units * scale == bytes && (ulong)units <= max
            ? units
            : throw new ArgumentException($"The body has {body} bytes, which no length in a {header} can say.");
    }

    /// <summary>Checks that a frame to be sent is as long as the header's own framer says.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    /// <param name="frame">The frame, sealed.</param>
    /// <exception cref="ArgumentException">It is not: the header's fields do not say what the body is.</exception>
    public static void CheckMeasured<THeader>(ReadOnlySpan<byte> frame)
        where THeader : struct, IHeader<THeader>
    {
        FrameStatus status = THeader.TryReadFrame(frame, int.MaxValue, out _, out FrameExtent extent);
        if (status != FrameStatus.Complete || extent.Length != frame.Length)
        {
            string measured = status == FrameStatus.Complete ? $"measures {extent.Length}" : $"says {status}";
            throw new ArgumentException(
                $"The frame has {frame.Length} bytes, and the [Framer] of {typeof(THeader).Name} {measured}: send the message with a header whose fields say how long it is.");
        }
    }

    /// <summary>What a fault has in the field that tells it, which the sender chooses.</summary>
    /// <param name="bits">The field, as bits.</param>
    /// <param name="mask">Those of which one says that it is a fault.</param>
    /// <param name="field">The name of the field.</param>
    /// <param name="header">The name of the header.</param>
    /// <exception cref="ArgumentException">None of the bits is set: the other side would take the fault for a reply.</exception>
    public static ulong StatusOf(ulong bits, ulong mask, string field, string header)
    {
        return (bits & mask) != 0 ? bits : Throw(field, header);

        static ulong Throw(string field, string header)
            => throw new ArgumentException(
                $"A fault is told by its {field}, which is 0: send it with a header that has one, peer.Reply(header with {{ {field} = … }}, fault), or new {header}(…).");
    }

    /// <summary>Refuses a body that a header cannot frame.</summary>
    /// <param name="header">The name of the header.</param>
    /// <param name="body">Bytes of the body.</param>
    /// <param name="maxBody">The longest that it can frame, in bytes.</param>
    [DoesNotReturn]
    internal static void ThrowTooLong(string header, int body, int maxBody)
        => throw new ArgumentException($"The body has {body} bytes, and a {header} frames at most {maxBody}.");
}
