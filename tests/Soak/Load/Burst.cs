using System.Buffers.Binary;
using QContinuum.Attacks.Tests.Support;

namespace QContinuum.Soak.Tests.Load;

/// <summary>Messages that leave together; their answer is the same bytes again.</summary>
internal sealed class Burst
{
    /// <summary>Of <see cref="Draw"/>.</summary>
    public const double MeanCount = (1 + MostCount) / 2.0;

    private const int MostCount = 7;
    private const int QuadId = 2;
    private const int QuadSize = 32;
    private const int MostIds = 1000;

    private static readonly byte[] Noise = RandomBytes(2 * Frames.LongestBody);

    private Burst(byte[] bytes, int count)
    {
        Bytes = bytes;
        Count = count;
    }

    public byte[] Bytes { get; }

    public int Count { get; }

    /// <summary>Few messages, most of them short, of all three kinds that the server knows.</summary>
    public static Burst Draw(Random random, int mostBody = Frames.LongestBody)
    {
        (int Id, int Size)[] messages = [.. Enumerable.Range(0, random.Next(1, MostCount + 1)).Select(_ => DrawMessage(random, mostBody))];
        byte[] bytes = new byte[messages.Sum(static message => Frames.HeaderSize + message.Size)];
        Span<byte> rest = bytes;
        foreach ((int id, int size) in messages)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, size);
            BinaryPrimitives.WriteInt32LittleEndian(rest[sizeof(int)..], id);
            Noise.AsSpan(random.Next(Noise.Length - size), size).CopyTo(rest[Frames.HeaderSize..]);
            rest = rest[(Frames.HeaderSize + size)..];
        }

        return new Burst(bytes, messages.Length);
    }

    private static (int Id, int Size) DrawMessage(Random random, int mostBody)
    {
        int id = random.Next(1, MostIds);
        return (id, id == QuadId ? QuadSize : Math.Min(mostBody, DrawSize(random)));
    }

    private static int DrawSize(Random random) => random.Next(10_000) switch
    {
        0 => random.Next(Frames.LongestBody + 1),
        < 100 => random.Next(16 * 1024),
        _ => random.Next(512),
    };

    private static byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }
}
