using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There an event was answered by one read, and what did not fit stayed with the kernel: 128 of 1,000 messages arrived.</summary>
public sealed class A_burst_is_read_to_its_end
{
    [Theory, EachLine]
    public async Task Although_nothing_follows_it(Transport transport, Threading threading)
    {
        Journal<int> handled = new();
        Script script = new() { OnMove = (_, move) => handled.Add(move.Entity) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Enumerable.Range(0, 20_000).Select(static i => Frames.Move(i, 0, 0))));

        Assert.Equal(Enumerable.Range(0, 20_000), await handled.NextAsync(20_000));
    }
}
