namespace QContinuum;

/// <summary>Where a frame ends, and where its body lies within it.</summary>
/// <param name="Length">
/// Bytes of the whole frame, header and trailer included; while the header itself is incomplete, the least number of bytes that must be there to
/// read more of it.
/// </param>
/// <param name="BodyStart">Offset of the body in the frame, in bytes.</param>
/// <param name="BodyLength">Bytes of the body.</param>
public readonly record struct FrameExtent(int Length, int BodyStart, int BodyLength);
