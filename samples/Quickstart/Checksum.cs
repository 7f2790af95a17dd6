namespace Quickstart;

/// <summary>The sum that a Blob carries.</summary>
internal static class Checksum
{
    public static uint Of(ReadOnlySpan<byte> data)
    {
        uint sum = 0;
        foreach (byte value in data)
        {
            sum += value;
        }

        return sum;
    }
}
