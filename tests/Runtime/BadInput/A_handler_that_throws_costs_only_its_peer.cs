using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.BadInput;

public sealed class A_handler_that_throws_costs_only_its_peer
{
    private const string Complaint = "the handler's own complaint";

    [Theory, EachLine]
    public Task At_once(Transport transport, Threading threading) => Costs_its_peer(transport, threading, Frames.Move(0, 0, 0), new Script
    {
        OnMove = (_, _) => throw new InvalidTimeZoneException(Complaint),
    });

    [Theory, EachLine]
    public Task Asynchronous_and_at_once(Transport transport, Threading threading) => Costs_its_peer(transport, threading, Frames.Ask(0), new Script
    {
        OnAsk = (_, _) => throw new InvalidTimeZoneException(Complaint),
    });

    [Theory, EachLine]
    public Task Asynchronous_and_later(Transport transport, Threading threading) => Costs_its_peer(transport, threading, Frames.Ask(0), new Script
    {
        OnAsk = async (_, _) =>
        {
            await Task.Yield();
            throw new InvalidTimeZoneException(Complaint);
        },
    });

    [Theory, EachLine]
    public async Task When_a_peer_opens(Transport transport, Threading threading)
    {
        int opened = 0;
        var script = new Script
        {
            OnOpened = peer => Interlocked.Increment(ref opened) == 1 ? throw new InvalidTimeZoneException(Complaint) : peer,
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));

        using RawClient bad = await server.ConnectAsync();
        await bad.EndedAsync();
        Assert.Equal(CloseReason.HandlerFault, await (await script.Peers.NextAsync()).Completion.Guarded());
        Assert.Contains(Complaint, await server.Log.NextAsync(), StringComparison.Ordinal);

        using RawClient good = await server.ConnectAsync();
        await good.ExpectEchoAsync(Frames.Raw(1));
    }

    [Theory, EachLine]
    public async Task When_a_peer_has_closed(Transport transport, Threading threading)
    {
        var script = new Script { OnClosed = (_, _) => throw new InvalidTimeZoneException(Complaint) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));

        RawClient bad = await server.ConnectAsync();
        await bad.ExpectEchoAsync(Frames.Raw(1));
        bad.Dispose();
        Assert.Equal(CloseReason.Remote, await (await script.Peers.NextAsync()).Completion.Guarded());
        Assert.Contains(Complaint, await server.Log.NextAsync(), StringComparison.Ordinal);

        using RawClient good = await server.ConnectAsync();
        await good.ExpectEchoAsync(Frames.Raw(1));
    }

    private static async Task Costs_its_peer(Transport transport, Threading threading, byte[] bad, Script script)
    {
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient good = await server.ConnectAsync();
        await good.ExpectEchoAsync(Frames.Raw(1));
        await script.Peers.NextAsync();

        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(2));
        Peer peer = await script.Peers.NextAsync();
        await client.SendAsync(Frames.Join(bad, Frames.Raw(3)));
        Assert.Empty(await client.EndedAsync());

        Assert.Equal((peer, CloseReason.HandlerFault), await script.Closings.NextAsync());
        Assert.Equal(CloseReason.HandlerFault, await peer.Completion.Guarded());
        string line = await server.Log.NextAsync();
        Assert.Contains(Complaint, line, StringComparison.Ordinal);
        Assert.Contains(nameof(InvalidTimeZoneException), line, StringComparison.Ordinal);

        await good.ExpectEchoAsync(Frames.Raw(4));
        Assert.Single(script.Closings.All);
    }
}
