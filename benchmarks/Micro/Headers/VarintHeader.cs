namespace QContinuum.Benchmarks.Micro.Headers;

/// <summary>
/// An id, and a length of one to four bytes, seven bits in each, the least significant first, as in MQTT 5.0, 1.5.5. The length is read by a framer, and is the begin
/// of the body.
/// </summary>
[Header(ByteOrder.LittleEndian)]
public readonly partial record struct VarintHeader([MessageId] byte Id)
{
    internal const int MostLengthBytes = 4;
    internal const int IdBytes = 1;

    [Framer]
    private static FrameStatus Measure(in VarintHeader header, ReadOnlySpan<byte> received, out int frame)
    {
        uint length = 0;
        for (int i = 0; i < MostLengthBytes; i++)
        {
            if (IdBytes + i >= received.Length)
            {
                frame = IdBytes + i + 1;
                return FrameStatus.Incomplete;
            }

            byte next = received[IdBytes + i];
            length |= (next & 0x7Fu) << (7 * i);
            if (next < 0x80)
            {
                frame = IdBytes + i + 1 + (int)length;
                return FrameStatus.Complete;
            }
        }

        frame = 0;
        return FrameStatus.BadHeader;
    }
}
