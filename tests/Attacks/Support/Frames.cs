using System.Buffers.Binary;

namespace QContinuum.Attacks.Tests.Support;

/// <summary>The bytes on the wire: four of length, four of id, little-endian, and the body.</summary>
internal static class Frames
{
    public const int HeaderSize = 8;

    /// <summary>The longest body a server accepts by default.</summary>
    public const int LongestBody = 1024 * 1024;

    /// <summary>A message that a server answers with itself, with a body that no other number has.</summary>
    public static byte[] Echo(int number, int size)
    {
        byte[] frame = new byte[HeaderSize + size];
        Header(size).CopyTo(frame, 0);
        new Random(number).NextBytes(frame.AsSpan(HeaderSize));
        return frame;
    }

    public static byte[] Header(int length)
    {
        byte[] header = new byte[HeaderSize];
        BinaryPrimitives.WriteInt32LittleEndian(header, length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), 1);
        return header;
    }

    /// <summary>A header and no more than the beginning of what it claims.</summary>
    public static byte[] Claim(int length, int sent) => [.. Header(length), .. new byte[sent]];
}
