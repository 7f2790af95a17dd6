using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace QContinuum.Benchmarks.Micro.Headers;

/// <summary>
/// What one would write by hand: the fields of a header, and how long the frame is, if all of it is there and it is no longer than is accepted.
/// </summary>
internal static class HandWrittenHeaders
{
    private const int BigEndianBytes = 10;
    private const int ThreeByteBytes = 5;
    private const int PackedBytes = 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadBigEndian(ReadOnlySpan<byte> bytes, int maxBody, out BigEndianHeader header, out int frame)
    {
        header = default;
        frame = 0;
        if (bytes.Length < BigEndianBytes)
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes[6..]);
        header = new BigEndianHeader(BinaryPrimitives.ReadUInt16BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]), length);
        return IsWhole(bytes, BigEndianBytes, length, maxBody, out frame);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadThreeByte(ReadOnlySpan<byte> bytes, int maxBody, out ThreeByteHeader header, out int frame)
    {
        header = default;
        frame = 0;
        if (bytes.Length < ThreeByteBytes)
        {
            return false;
        }

        // Four bytes are there: one read, of which the last byte is the next field.
        uint first = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        uint length = first & 0xFFFFFF;
        header = new ThreeByteHeader((UInt24)length, (byte)(first >> 24), bytes[4]);
        return IsWhole(bytes, ThreeByteBytes, length, maxBody, out frame);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadPacked(ReadOnlySpan<byte> bytes, int maxBody, out PackedHeader header, out int frame)
    {
        header = default;
        frame = 0;
        if (bytes.Length < PackedBytes)
        {
            return false;
        }

        uint first = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        ushort length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        header = new PackedHeader((byte)(first >> 13), (first & 0x1000) != 0, (ushort)(first & 0xFFF), length);
        return IsWhole(bytes, PackedBytes, length, maxBody, out frame);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadVarint(ReadOnlySpan<byte> bytes, int maxBody, out VarintHeader header, out int frame)
    {
        header = default;
        frame = 0;
        uint length = 0;
        for (int i = 0; i < VarintHeader.MostLengthBytes && VarintHeader.IdBytes + i < bytes.Length; i++)
        {
            byte next = bytes[VarintHeader.IdBytes + i];
            length |= (next & 0x7Fu) << (7 * i);
            if (next < 0x80)
            {
                header = new VarintHeader(bytes[0]);
                return IsWhole(bytes, VarintHeader.IdBytes + i + 1, length, maxBody, out frame);
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsWhole(ReadOnlySpan<byte> bytes, int header, uint body, int maxBody, out int frame)
    {
        frame = header + (int)body;
        return body <= (uint)maxBody && bytes.Length >= frame;
    }
}
