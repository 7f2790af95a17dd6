namespace QContinuum;

/// <summary>What the framer of a processor needs of a header: implemented by generated code, and by <see cref="MessageHeader"/>.</summary>
/// <typeparam name="TSelf">The header itself.</typeparam>
public interface IHeader<TSelf>
    where TSelf : struct, IHeader<TSelf>
{
    /// <summary>The one object that stands for this header at run time.</summary>
    static abstract HeaderCodec Codec { get; }

    /// <summary>Bytes of the header on the wire.</summary>
    static abstract int Size { get; }

    /// <summary>Reads the header at the start of <paramref name="bytes"/> and measures the frame that it opens.</summary>
    /// <param name="bytes">What has been received and not yet consumed; any length.</param>
    /// <param name="maxBody">The longest body accepted, in bytes, not negative.</param>
    /// <param name="header">The header, where at least <see cref="Size"/> bytes are there.</param>
    /// <param name="frame">
    /// Bytes of the whole frame, header included, when <see cref="FrameStatus.Complete"/> or <see cref="FrameStatus.Incomplete"/>; while the
    /// header itself is incomplete, <see cref="Size"/>. Zero for the other results.
    /// </param>
    /// <returns>Whether the frame is there; a claim beyond <paramref name="maxBody"/> is refused before a byte is buffered for it.</returns>
    static abstract FrameStatus TryReadFrame(ReadOnlySpan<byte> bytes, int maxBody, out TSelf header, out int frame);

    /// <summary>Writes <paramref name="header"/> with the length of the body that really follows, whatever length it carries.</summary>
    /// <param name="header">The header; its length field is ignored.</param>
    /// <param name="body">Bytes of the body, not negative.</param>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    static abstract void Write(scoped in TSelf header, int body, scoped Span<byte> destination);
}
