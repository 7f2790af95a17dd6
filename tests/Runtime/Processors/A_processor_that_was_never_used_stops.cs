using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Processors;

[Processor(Threading.PerLoop)]
public sealed partial class UnusedOfALoop
{
    [Handles]
    private static void On(Peer peer, Raw raw) => peer.Send(raw);
}

public sealed class A_processor_that_was_never_used_stops
{
    [Fact]
    public async Task And_what_was_posted_to_it_runs()
    {
        foreach (Processor processor in (Processor[])[new UnusedOfALoop(), new Script().Run(Threading.Queued), new Script().Run(Threading.Inline)])
        {
            List<int> ran = [];
            processor.Post(() => ran.Add(1));
            processor.Post(() => ran.Add(2));
            await processor.StopAsync().Guarded();
            Assert.Equal([1, 2], ran);
            Assert.Throws<ObjectDisposedException>(() => processor.Post(static () => { }));
        }
    }
}
