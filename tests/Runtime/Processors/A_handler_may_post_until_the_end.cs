using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Processors;

public sealed class A_handler_may_post_until_the_end
{
    /// <summary>What was received before a processor is stopped is handled, and what its handlers post for that is done.</summary>
    [Theory, EachLine]
    public async Task Of_its_processor(Transport transport, Threading threading)
    {
        const int Messages = 10;
        Processor? processor = null;
        Journal<int> posted = new();
        using ManualResetEventSlim go = new();
        Journal<int> begun = new();
        Script script = new()
        {
            OnMove = (_, move) =>
            {
                begun.Add(move.Entity);
                go.Wait();
                processor!.Post(posted.Add, move.Entity);
            },
        };
        processor = script.Run(threading);
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Join(Enumerable.Range(0, Messages).Select(static i => Frames.Move(i, 0, 0))));
        await begun.NextAsync();

        Task stopping = processor.StopAsync();
        go.Set();
        await stopping.Guarded();

        Assert.Equal(begun.All, posted.All);
        Assert.Equal(CloseReason.Stopped, (await script.Closings.NextAsync()).Reason);
    }
}
