namespace QContinuum.Protocol;

/// <summary>
/// What generated code calls for the default header, named so that an image of this library that is compiled beforehand has it: the code of a program is in another image, and what
/// both make together is in neither. Each that is missing is compiled while a server starts. Nobody calls this.
/// </summary>
internal static unsafe class Precompiled
{
    internal static void ForMessageHeader(
        out delegate*<ReadOnlySpan<byte>, int, out MessageHeader, out FrameExtent, FrameStatus> tryReadFrame,
        out delegate*<in MessageHeader, long> idOf,
        out delegate*<HeaderCodec> codecOf,
        out delegate*<int, int> sizeOf,
        out delegate*<long, ulong, MessageRole, MessageHeader> create,
        out delegate*<in MessageHeader, long, MessageRole, MessageHeader> adopt,
        out delegate*<Span<byte>, in MessageHeader, int, Span<byte>> begin,
        out delegate*<Span<byte>, void> end,
        out delegate*<Peer, FrameStatus, in MessageHeader, FrameExtent, int, int> stop)
    {
        tryReadFrame = &Framing.TryReadFrame;
        idOf = &Framing.IdOf;
        codecOf = &Framing.CodecOf<MessageHeader>;
        sizeOf = &Framing.SizeOf<MessageHeader>;
        create = &Framing.Create<MessageHeader>;
        adopt = &Framing.Adopt;
        begin = &Framing.Begin;
        end = &Framing.End<MessageHeader>;
        stop = &Dispatch.Stop;
    }
}
