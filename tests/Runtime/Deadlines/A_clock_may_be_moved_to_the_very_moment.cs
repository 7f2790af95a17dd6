using Microsoft.Extensions.Time.Testing;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Deadlines;

/// <summary>What a user's test does: a moment before the time is over nothing happens, and at that time it does.</summary>
public sealed class A_clock_may_be_moved_to_the_very_moment
{
    [Theory, EachLine]
    public async Task After_it_was_moved_to_just_before(Transport transport, Threading threading)
    {
        var options = new PeerOptions { IdleTimeout = TimeSpan.FromSeconds(5), FirstMessageTimeout = Timeout.InfiniteTimeSpan };
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, options);
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(1));

        await server.PassAsync(4.999);
        Assert.Empty(server.Reasons);
        await server.PassAsync(0.001);

        await Guard.UntilAsync(() => server.Reasons.Contains(CloseReason.Idle));
    }
}
