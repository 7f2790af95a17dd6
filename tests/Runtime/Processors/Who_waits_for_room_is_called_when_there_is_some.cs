using QContinuum.Loops;
using QContinuum.Processors;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Processors;

public sealed class Who_waits_for_room_is_called_when_there_is_some
{
    private const int Capacity = 4;

    /// <summary>A hundred wait for a queue of four: each turn calls those that find room, in their order, and in the end all were called.</summary>
    [Fact]
    public async Task And_no_more_than_find_it()
    {
        EventLoop loop = Pollers.Default.CreateLoop(0, TimeProvider.System);
        loop.Start();
        try
        {
            Pump pump = new("narrow", static () => static _ => { }, new Host());
            pump.Attach();
            Journal<int> called = new();
            for (int i = 0; i < Capacity; i++)
            {
                pump.Post(static _ => { }, null);
            }

            for (int i = 0; i < 100; i++)
            {
                pump.WaitForRoom(new Waiting(loop, i, called));
            }

            pump.Step(mostItems: 1);
            await CatchUpAsync(loop);
            Assert.Equal([0], called.All);

            pump.Step(mostItems: 2);
            await CatchUpAsync(loop);
            Assert.Equal([0, 1, 2, 3], called.All);

            for (int steps = 0; steps < 200; steps++)
            {
                pump.Step(mostItems: 64);
            }

            await CatchUpAsync(loop);
            Assert.Equal(Enumerable.Range(0, 100), called.All);
        }
        finally
        {
            loop.Stop();
        }
    }

    /// <summary>While something waits behind the queue nobody is let in, and so nobody is called.</summary>
    [Fact]
    public async Task Not_while_something_is_behind_the_queue()
    {
        EventLoop loop = Pollers.Default.CreateLoop(0, TimeProvider.System);
        loop.Start();
        try
        {
            Pump pump = new("narrow", static () => static _ => { }, new Host());
            pump.Attach();
            Journal<int> called = new();
            for (int i = 0; i <= Capacity; i++)
            {
                pump.Post(static _ => { }, null);
            }

            pump.WaitForRoom(new Waiting(loop, 0, called));
            pump.Step(mostItems: Capacity);
            await CatchUpAsync(loop);
            Assert.Equal(1, pump.Behind);
            Assert.Empty(called.All);

            pump.Step(mostItems: 1);
            await CatchUpAsync(loop);
            Assert.Equal([0], called.All);
        }
        finally
        {
            loop.Stop();
        }
    }

    private static Task CatchUpAsync(EventLoop loop)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(_ => done.SetResult(), null);
        return done.Task.Guarded();
    }

    private sealed class Host : IPumpHost
    {
        public int Capacity => Who_waits_for_room_is_called_when_there_is_some.Capacity;

        public void Begin(Pump pump)
        {
        }
    }

    private sealed class Waiting(EventLoop loop, int number, Journal<int> called) : Pollable(loop)
    {
        internal override void OnScheduled() => called.Add(number);

        internal override void OnReady(Readiness readiness)
        {
        }

        internal override void OnDue()
        {
        }

        internal override void OnLoopStopped()
        {
        }
    }
}
