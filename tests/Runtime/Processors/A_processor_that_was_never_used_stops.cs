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
    public async Task Though_something_was_posted_to_it()
    {
        foreach (Processor processor in (Processor[])[new UnusedOfALoop(), new Script().Run(Threading.Queued), new Script().Run(Threading.Inline)])
        {
            processor.Post(static () => { });
            await processor.StopAsync().Guarded();
            Assert.Throws<ObjectDisposedException>(() => processor.Post(static () => { }));
        }
    }
}
