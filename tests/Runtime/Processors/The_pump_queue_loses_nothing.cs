using QContinuum.Processors;

namespace QContinuum.Runtime.Tests.Processors;

public sealed class The_pump_queue_loses_nothing
{
    [Fact]
    public void A_full_queue_refuses_and_keeps_what_it_has()
    {
        PumpQueue<int> queue = new(8);
        for (int i = 0; i < 8; i++)
        {
            Assert.True(queue.TryEnqueue(i));
        }

        Assert.False(queue.TryEnqueue(8));
        for (int i = 0; i < 8; i++)
        {
            Assert.False(queue.IsEmpty);
            Assert.True(queue.TryDequeue(out int item));
            Assert.Equal(i, item);
        }

        Assert.True(queue.IsEmpty);
        Assert.False(queue.TryDequeue(out _));
        Assert.True(queue.TryEnqueue(9));
    }

    [Fact]
    public void A_capacity_that_is_no_power_of_two_is_refused()
        => Assert.Throws<ArgumentOutOfRangeException>(() => new PumpQueue<int>(100));

    [Fact]
    public async Task Items_of_many_producers_arrive_once_and_in_each_producers_order()
    {
        const int Producers = 4;
        const int Items = 20_000;
        PumpQueue<(int Producer, int Number)> queue = new(256);
        Task[] producers = Enumerable.Range(0, Producers).Select(producer => Task.Factory.StartNew(
            () =>
            {
                SpinWait spin = default;
                for (int number = 0; number < Items;)
                {
                    if (queue.TryEnqueue((producer, number)))
                    {
                        number++;
                    }
                    else
                    {
                        spin.SpinOnce();
                    }
                }
            },
            TaskCreationOptions.LongRunning)).ToArray();

        int[] next = new int[Producers];
        SpinWait idle = default;
        for (int received = 0; received < Producers * Items;)
        {
            if (queue.TryDequeue(out (int Producer, int Number) item))
            {
                Assert.Equal(next[item.Producer]++, item.Number);
                received++;
            }
            else
            {
                idle.SpinOnce();
            }
        }

        await Task.WhenAll(producers);
        Assert.False(queue.TryDequeue(out _));
        Assert.All(next, count => Assert.Equal(Items, count));
    }
}
