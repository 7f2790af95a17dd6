namespace QContinuum.Soak.Tests;

/// <summary>Memory is judged by the most of its last third against the most of its first: a tenth more holds, and 16 MiB.</summary>
public sealed class Memory_that_grows_on_is_no_plateau
{
    private const int Third = 40;
    private const long MiB = 1024 * 1024;
    private const long First = 500 * MiB;

    [Theory]
    [InlineData(0, true)]
    [InlineData(50 + 16, true)]
    [InlineData(50 + 17, false)]
    [InlineData(-100, true)]
    public void By_more_than_it_may(long moreMiB, bool holds) => Assert.Equal(holds, Plateau.Of(Thirds(First, First, First + (moreMiB * MiB))).Holds);

    [Fact]
    public void And_what_was_most_between_them_does_not_count() => Assert.True(Plateau.Of(Thirds(First, 3 * First, First)).Holds);

    /// <summary>It is the one highest figure that counts, wherever in its third it is.</summary>
    [Fact]
    public void Of_one_second()
    {
        List<long> bytes = Thirds(First, First, First);
        bytes[(2 * Third) + 1] = 2 * First;

        Assert.Equal(new Plateau(First, 2 * First), Plateau.Of(bytes));
        Assert.False(Plateau.Of(bytes).Holds);
    }

    private static List<long> Thirds(params long[] each) => [.. each.SelectMany(static bytes => Enumerable.Repeat(bytes, Third))];
}
