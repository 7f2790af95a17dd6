using System.Globalization;

namespace QContinuum.Attacks.Tests.Support;

/// <summary>What the kernel holds for the connections of a port that nobody has read yet.</summary>
internal static class KernelQueues
{
    private const int LocalAddress = 1;
    private const int State = 3;
    private const int Queues = 4;
    private const string Established = "01";

    /// <summary>Whether the server on <paramref name="port"/> has read everything that was sent to it.</summary>
    public static bool AreEmpty(int port)
    {
        string ending = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        foreach (string[] fields in File.ReadLines("/proc/net/tcp").Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            // Two numbers, "sent and not confirmed:received and not read".
            if (fields[LocalAddress].EndsWith(ending, StringComparison.Ordinal) && fields[State] == Established && !fields[Queues].EndsWith(":00000000", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
