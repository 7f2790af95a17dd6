namespace QContinuum.Runtime.Tests.Connecting;

public sealed class Delays_are_spread
{
    private static readonly PeerClientOptions Defaults = new();

    [Fact]
    public void Between_nothing_and_the_bound()
    {
        Backoff backoff = new(Defaults.FirstDelay, Defaults.LongestDelay);
        for (int failure = 0; failure < 100; failure++)
        {
            TimeSpan[] delays = [.. Enumerable.Range(0, 200).Select(_ => backoff.Next(Defaults.Jitter))];
            Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.Zero, backoff.Bound));
            Assert.Contains(delays, delay => delay < backoff.Bound / 2);
            Assert.Contains(delays, delay => delay > backoff.Bound / 2);
            backoff.Failed();
        }
    }

    [Fact]
    public void And_the_bound_grows_from_the_first_delay_to_the_longest_and_no_further()
    {
        Backoff backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        TimeSpan bound = backoff.Bound;
        Assert.Equal(TimeSpan.FromSeconds(1), bound);
        for (int failure = 0; failure < 10_000; failure++)
        {
            backoff.Failed();
            Assert.InRange(backoff.Bound, bound, TimeSpan.FromDays(1));
            bound = backoff.Bound;
        }

        Assert.Equal(TimeSpan.FromDays(1), bound);
        backoff.Proved();
        Assert.Equal(TimeSpan.FromSeconds(1), backoff.Bound);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(0.5, 0.5)]
    [InlineData(1, 1)]
    [InlineData(100, 1)]
    public void And_a_jitter_of_ones_own_is_held_within_it(double made, double expected)
        => Assert.Equal(
            Defaults.FirstDelay * expected,
            new Backoff(Defaults.FirstDelay, Defaults.LongestDelay).Next(longest => longest * made));
}
