using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.BadInput;

/// <summary><see cref="HandlerFaultPolicy.Continue"/>: the message is lost, and the peer goes on with the next.</summary>
public sealed class A_handler_that_throws_may_cost_nothing
{
    private const string Complaint = "the handler's own complaint";

    private static readonly PeerServerOptions GoOn = new() { Loops = 1, Peers = new PeerOptions { WhenHandlerThrows = HandlerFaultPolicy.Continue } };

    [Theory, EachLine]
    public Task At_once(Transport transport, Threading threading) => Goes_on(transport, threading, Frames.Move(0, 0, 0), new Script
    {
        OnMove = (_, _) => throw new InvalidTimeZoneException(Complaint),
    });

    [Theory, EachLine]
    public Task Asynchronous_and_at_once(Transport transport, Threading threading) => Goes_on(transport, threading, Frames.Ask(0), new Script
    {
        OnAsk = (_, _) => throw new InvalidTimeZoneException(Complaint),
    });

    [Theory, EachLine]
    public Task Asynchronous_and_later(Transport transport, Threading threading) => Goes_on(transport, threading, Frames.Ask(0), new Script
    {
        OnAsk = async (_, _) =>
        {
            await Task.Yield();
            throw new InvalidTimeZoneException(Complaint);
        },
    });

    /// <summary>What it opened with is not there: there is nothing to go on with.</summary>
    [Theory, EachLine]
    public async Task But_not_when_a_peer_opens(Transport transport, Threading threading)
    {
        Script script = new() { OnOpened = static _ => throw new InvalidTimeZoneException(Complaint) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), GoOn);

        using RawClient client = await server.ConnectAsync();

        await client.EndedAsync();
        Assert.Equal(CloseReason.HandlerFault, await (await script.Peers.NextAsync()).Completion.Guarded());
    }

    [Fact]
    public void No_other_policy_is_taken()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new PeerOptions { WhenHandlerThrows = (HandlerFaultPolicy)2 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new PeerOptions { WhenFull = (OverflowPolicy)2 });
    }

    /// <summary>In one piece, and with every message cut in two.</summary>
    private static async Task Goes_on(Transport transport, Threading threading, byte[] bad, Script script)
    {
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), GoOn);
        using RawClient client = await server.ConnectAsync();
        byte[] good = Frames.Join(Frames.Raw(1), Frames.Raw(2, 3), Frames.Raw(4, 5, 6));
        byte[] stream = Frames.Join(bad, Frames.Raw(1), bad, bad, Frames.Raw(2, 3), Frames.Raw(4, 5, 6), bad);

        await client.SendAsync(stream);
        Assert.Equal(good, await client.ReceiveAsync(good.Length));
        for (int at = 0; at < stream.Length; at += 5)
        {
            await client.SendAsync(stream.AsMemory(at, Math.Min(5, stream.Length - at)));
            await server.SettleAsync();
        }

        Assert.Equal(good, await client.ReceiveAsync(good.Length));
        await Guard.UntilAsync(() => server.Log.All.Count == 8);
        Assert.All(server.Log.All, static line => Assert.Contains(Complaint, line, StringComparison.Ordinal));
        Assert.Empty(script.Closings.All);
    }
}
