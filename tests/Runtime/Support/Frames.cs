using System.Buffers.Binary;
using System.Text;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>Frames made by hand, so that what the library reads and writes is compared with something that is not the library.</summary>
internal static class Frames
{
    public const int HeaderSize = 8;

    public static byte[] Of(int id, params ReadOnlySpan<byte> body) => [.. Header(body.Length, id), .. body];

    public static byte[] Header(int length, int id)
    {
        byte[] header = new byte[HeaderSize];
        BinaryPrimitives.WriteInt32LittleEndian(header, length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), id);
        return header;
    }

    public static byte[] Move(int entity, float x, float y)
    {
        Span<byte> body = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(body, entity);
        BinaryPrimitives.WriteSingleLittleEndian(body[4..], x);
        BinaryPrimitives.WriteSingleLittleEndian(body[8..], y);
        return Of(1, body);
    }

    public static byte[] Blob(uint crc, params ReadOnlySpan<byte> data)
    {
        byte[] body = new byte[4 + data.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(body, crc);
        data.CopyTo(body.AsSpan(4));
        return Of(2, body);
    }

    /// <summary>An array of one short string.</summary>
    public static byte[] Chat(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Assert.InRange(utf8.Length, 0, 31);
        return Of(3, [0x91, (byte)(0xA0 | utf8.Length), .. utf8]);
    }

    public static byte[] Ask(long number)
    {
        Span<byte> body = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(body, number);
        return Of(4, body);
    }

    public static byte[] Raw(params ReadOnlySpan<byte> data) => Of(5, data);

    public static byte[] Join(params IEnumerable<byte[]> frames) => [.. frames.SelectMany(frame => frame)];

    /// <summary>Bytes that differ from place to place and from seed to seed.</summary>
    public static byte[] Pattern(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
