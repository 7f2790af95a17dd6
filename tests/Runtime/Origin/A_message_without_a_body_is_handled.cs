using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There, once, what had no body was taken for an end, and an end for what had no body: nobody was told of either.</summary>
public sealed class A_message_without_a_body_is_handled
{
    [Theory, EachLine]
    public async Task And_the_end_after_it_is_an_end(Transport transport, Threading threading)
    {
        const int Messages = 1_000;
        Journal<int> handled = new();
        Script script = new() { OnRaw = (_, raw) => handled.Add(raw.Data.Length) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Enumerable.Repeat(Frames.Of(5), Messages)));
        client.FinishSending();

        Assert.Equal(new int[Messages], await handled.NextAsync(Messages));
        Assert.Equal(CloseReason.Remote, (await script.Closings.NextAsync()).Reason);
        Assert.Equal(Messages, handled.All.Count);
        Assert.Single(script.Closings.All);
    }
}
