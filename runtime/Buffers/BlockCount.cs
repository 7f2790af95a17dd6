namespace QContinuum.Buffers;

/// <summary>Blocks and their bytes in one number, so that one operation counts both: bytes in the low 40 bits, blocks above them.</summary>
/// <remarks>
/// Sums of them wrap and their differences are right nevertheless, as long as what is held at once has less than 2^39 bytes and 2^23 blocks. Each is read as a
/// signed number: who adds up while others count may see a block returned before it sees it taken.
/// </remarks>
internal static class BlockCount
{
    private const int BytesBits = 40;

    /// <summary>One block of so many bytes.</summary>
    internal static long Of(int bytes) => (1L << BytesBits) + bytes;

    /// <summary>The bytes of a difference.</summary>
    internal static long Bytes(long count) => count << (64 - BytesBits) >> (64 - BytesBits);

    /// <summary>The blocks of a difference.</summary>
    internal static long Blocks(long count) => unchecked(count - Bytes(count)) >> BytesBits;
}
