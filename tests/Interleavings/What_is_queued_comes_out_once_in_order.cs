using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Interleavings.Tests.Support;
using QContinuum.Processors;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

public sealed class What_is_queued_comes_out_once_in_order(ITestOutputHelper output)
{
    private readonly Explorer _queued = new(Queued, mostSwitches: 3);
    private readonly Explorer _published = new(Queued, mostSwitches: 1, pointsAfter: true);

    [Fact]
    public void However_two_producers_and_the_consumer_meet() => _queued.Holds(output);

    [Fact]
    public void And_it_is_whole_when_it_is_published() => _published.Holds(output);

    [Theory]
    [InlineData("PumpQueue", "TryEnqueue", "CompareExchange")]
    public void Were_a_place_not_claimed_atomically_it_would_not(string type, string member, string operation)
        => _queued.Finds(new Weakness(type, member, operation), output);

    /// <summary>A queue of two places, so that the second round of each place is met as well.</summary>
    private static void Queued(Run run)
    {
        PumpQueue<string> queue = new(2);
        List<string> taken = [];
        List<string> put = [];
        run.Share(queue, Inner.Of(queue, "_cells"));
        run.Thread("one", () => Put("a1", "a2"));
        run.Thread("two", () => Put("b1"));
        run.Thread("consumer", () =>
        {
            for (int i = 0; i < 3; i++)
            {
                Take();
            }
        });
        run.AtRest(() =>
        {
            while (Take())
            {
            }

            Assert.True(queue.IsDrained);
            Assert.Equal(put.Order(), taken.Order());
            Assert.Equal(put.Where(static item => item[0] == 'a'), taken.Where(static item => item[0] == 'a'));
        });

        void Put(params ReadOnlySpan<string> items)
        {
            foreach (string item in items)
            {
                if (queue.TryEnqueue(item))
                {
                    put.Add(item);
                }
            }
        }

        bool Take()
        {
            bool any = queue.TryDequeue(out string item);
            if (any)
            {
                taken.Add(item);
            }

            return any;
        }
    }
}
