using System.Buffers;

namespace QContinuum.Generator.Tests.Execution;

/// <summary>What the runtime does with a message when it sends it.</summary>
internal static class Frames
{
    public static byte[] Frame<T>(scoped in T message)
        where T : IMessage<T>, allows ref struct
    {
        byte[] frame = new byte[T.SizeOf(in message)];
        T.WriteFrame(in message, frame, correlation: 0);
        return frame;
    }

    public static byte[] Body<T>(scoped in T message)
        where T : IMessage<T>, allows ref struct
    {
        var body = new ArrayBufferWriter<byte>();
        MessageCodec.WriteBody(in message, body);
        return body.WrittenSpan.ToArray();
    }

    public static byte[] Bytes(string hexadecimal) => Convert.FromHexString(hexadecimal.Replace(" ", "", StringComparison.Ordinal));
}
