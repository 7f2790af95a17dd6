using System.Buffers.Binary;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>Frames with a <see cref="CallHeader"/>, made by hand.</summary>
internal static class CallFrames
{
    public const int HeaderSize = 4;

    public static byte[] Of(byte kind, byte call, params ReadOnlySpan<byte> body) => [(byte)(body.Length >> 8), (byte)body.Length, kind, call, .. body];

    public static byte[] Question(byte call, int number) => Of(1, call, Number(number));

    public static byte[] Answer(byte call, int number) => Of(2, call, Number(number));

    public static byte[] Rejection(byte call, ushort code) => Of(3, call, (byte)(code >> 8), (byte)code);

    public static byte[] Note(int number, byte call = 0) => Of(4, call, Number(number));

    public static byte[] Errand(int number) => Of(5, 0, Number(number));

    public static byte[] Page(byte call, int number, params ReadOnlySpan<byte> text) => Of(7, call, [.. Number(number), .. text]);

    public static int NumberOf(byte[] frame) => BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(HeaderSize));

    private static byte[] Number(int number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
