using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Loops;

public sealed class A_poller_waits_until_it_is_woken
{
    [Theory, EachPoller]
    public void By_a_wake_up_that_came_before(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        for (int i = 0; i < 10; i++)
        {
            test.Poller.Wake();
            test.Poller.Wake();

            Assert.Empty(test.Wait(-1));
        }
    }

    [Theory, EachPoller]
    public async Task By_a_wake_up_of_another_thread(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);
        for (int i = 0; i < 100; i++)
        {
            Task waiting = Task.Factory.StartNew(() => test.Wait(-1), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            test.Poller.Wake();
            await waiting.Guarded();
        }
    }

    [Theory, EachPoller]
    public void Or_its_time_is_over(string poller)
    {
        using PollerUnderTest test = PollerUnderTest.Open(poller);

        Assert.Empty(test.Wait(0));
        Assert.Empty(test.Wait(1));
    }
}
