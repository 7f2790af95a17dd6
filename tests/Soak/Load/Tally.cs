using System.Globalization;

namespace QContinuum.Soak.Tests.Load;

/// <summary>What the load has counted since it began. A line of numbers carries it from process to process.</summary>
/// <param name="Peers">Connections that are there now.</param>
/// <param name="Connects">Connections there have been.</param>
/// <param name="Messages">Answers that came whole, right and in order.</param>
/// <param name="Attacks">Attacks that were begun.</param>
/// <param name="Wrong">What went otherwise than it had to.</param>
internal sealed record Tally(long Peers = 0, long Connects = 0, long Messages = 0, long Attacks = 0, long Wrong = 0)
{
    public static Tally Parse(string line)
    {
        long[] numbers = [.. line.Split(' ').Select(static number => long.Parse(number, CultureInfo.InvariantCulture))];
        return new Tally(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Peers} {Connects} {Messages} {Attacks} {Wrong}");
}
