using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Processors;

public sealed class An_inline_processor_has_one_thread_for_posts
{
    [Fact]
    public async Task While_it_is_in_use()
    {
        Processor processor = new Script().Run(Threading.Inline);
        await using TestServer server = await TestServer.StartAsync(processor);
        Journal<Thread> threads = new();
        for (int i = 0; i < 100; i++)
        {
            processor.Post(() => threads.Add(Thread.CurrentThread));
            await threads.NextAsync();
        }

        Assert.Single(threads.All.Distinct());
    }
}
