namespace QContinuum;

/// <summary>
/// A static method of a header that measures frames where no arithmetic says how long they are:
/// <c>static FrameStatus Name(in THeader header, ReadOnlySpan&lt;byte&gt; received, out int frame)</c>. It is called once the bytes of the header
/// are there; <c>received</c> begins with them and ends with what has arrived.
/// </summary>
/// <remarks>
/// It returns <see cref="FrameStatus.Complete"/> with the bytes of the whole frame as soon as it knows them, header and trailer included, be
/// they received or not; <see cref="FrameStatus.Incomplete"/> with the least number of bytes that it must see to know more; or another
/// status, which closes the peer. What it returns is checked: it cannot exceed a limit, or loop. A header has it instead of a
/// <see cref="LengthAttribute"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FramerAttribute : Attribute;
