using System.Buffers.Binary;
using CsCheck;

namespace QContinuum.Fuzz.Tests;

/// <summary>What arrives: frames with a few changes, several of them in a row, parts of them, and noise.</summary>
internal static class Inputs
{
    public const int MaxLength = 4096;

    private const int MostChanges = 6;

    // Where lengths, counts and signs go wrong.
    private static readonly uint[] s_edges = [0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFF, 0xFFFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];

    public static Gen<byte[]> Of(IReadOnlyList<byte[]> seeds)
    {
        Gen<byte[]> seed = Gen.Int[0, seeds.Count - 1].Select(index => seeds[index]);
        Gen<byte[]> changed = Gen.Select(seed, Gen.UInt.Array[0, MostChanges], static (bytes, changes) => changes.Aggregate(bytes, Change));
        Gen<byte[]> row = changed.Array[1, 4].Select(static frames => frames.SelectMany(static frame => frame).ToArray());
        Gen<byte[]> part = Gen.Select(row, Gen.UInt, static (bytes, cut) => bytes[..(int)(cut % (uint)(bytes.Length + 1))]);
        return Gen.Frequency((6, changed), (3, row), (2, part), (1, Gen.Byte.Array[0, 64]))
            .Select(static bytes => bytes.Length > MaxLength ? bytes[..MaxLength] : bytes);
    }

    // The low bits say what, the others where.
    private static byte[] Change(byte[] bytes, uint change)
    {
        const int Kinds = 7;
        uint rest = change / Kinds;
        int at = (int)(rest % (uint)(bytes.Length + 1));
        uint edge = s_edges[(rest >> 8) % (uint)s_edges.Length];
        byte[] copy = [.. bytes];
        switch (change % Kinds)
        {
            case 0 when at < copy.Length:
                copy[at] ^= (byte)(1 << (int)(rest >> 29));
                return copy;
            case 1 when at < copy.Length:
                copy[at] = (byte)edge;
                return copy;
            case 2 when at + sizeof(ushort) <= copy.Length:
                BinaryPrimitives.WriteUInt16BigEndian(copy.AsSpan(at), (ushort)edge);
                return copy;
            case 3 when at + sizeof(uint) <= copy.Length:
                BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(at), edge);
                return copy;
            case 4:
                return [.. bytes[..at], (byte)edge, .. bytes[at..]];
            case 5 when at < copy.Length:
                return [.. bytes[..at], .. bytes[(at + 1)..]];
            default:
                return bytes[..at];
        }
    }
}
