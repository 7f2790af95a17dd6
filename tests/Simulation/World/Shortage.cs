using QContinuum.Buffers;
using QContinuum.Simulation.Tests.Kernel;

namespace QContinuum.Simulation.Tests.World;

/// <summary>A world in which memory is short: many clients that read nothing, and much that is sent to them.</summary>
internal sealed class Shortage(SimulatedKernel kernel)
{
    internal const int MostClients = 20;
    internal const int MostActs = 1_500;
    internal const int LongestNews = 30_000;
    internal const int SendLimit = 1024 * 1024;

    /// <summary>Of the server: the least that it can be told.</summary>
    internal const long Limit = 4 * 1024 * 1024;

    /// <summary>What may come in a turn of the loop before it looks again.</summary>
    private const long Turn = 1024 * 1024;

    /// <summary>Shorter than each deadline: time in which somebody does something brings none about.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan OfTurn = TimeSpan.FromMilliseconds(1);

    private readonly long _before = BlockPool.HeldBytesOfAll;
    private TimeSpan _passed;

    /// <summary>The most that was held.</summary>
    internal long Most { get; private set; }

    /// <summary>A turn takes a moment: what is held is looked at once in each.</summary>
    internal void Look()
    {
        long held = BlockPool.HeldBytesOfAll - _before;
        Most = Math.Max(Most, held);
        if (held > Limit + Turn)
        {
            kernel.Fail($"{held} bytes are held, and {Limit} may be");
        }

        if (_passed < MostTime)
        {
            _passed += OfTurn;
            kernel.Pass(OfTurn);
        }
    }
}
