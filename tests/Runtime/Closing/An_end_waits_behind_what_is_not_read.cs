using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Closing;

/// <summary>A peer has more waiting than its watermark and is not read, and its client has ended behind that: nothing is lost, and nobody looks for the end meanwhile.</summary>
public sealed class An_end_waits_behind_what_is_not_read
{
    private const int Watermark = 4096;
    private const int Moves = 1000;

    private static readonly byte[] Some = Frames.Join(Enumerable.Range(0, Moves).Select(static i => Frames.Move(i, 0, 0)));
    private static readonly byte[] More = Frames.Join(Enumerable.Range(Moves, Moves).Select(static i => Frames.Move(i, 0, 0)));
    private static readonly PeerServerOptions Options = new() { Loops = 1, Peers = new PeerOptions { HighWatermark = Watermark, LowWatermark = Watermark / 2 } };

    [Theory, EachLine]
    public Task Of_what_its_client_sends(Transport transport, Threading threading) => WhileAHandlerAwaitsAsync(transport, threading, static client => client.FinishSending());

    [Theory, EachLine]
    public Task Of_both_directions(Transport transport, Threading threading) => WhileAHandlerAwaitsAsync(transport, threading, static client => client.Dispose());

    [Theory, EachTransport]
    public Task While_the_pump_is_busy(Transport transport) => WhileThePumpIsBusyAsync(transport, static client => client.FinishSending());

    [Theory, EachTransport]
    public Task Of_both_directions_while_the_pump_is_busy(Transport transport) => WhileThePumpIsBusyAsync(transport, static client => client.Dispose());

    private static async Task WhileAHandlerAwaitsAsync(Transport transport, Threading threading, Action<RawClient> end)
    {
        Journal<int> asked = new();
        Journal<int> moves = new();
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Script script = new()
        {
            OnAsk = async (_, _) =>
            {
                asked.Add(ProcessorTime.CurrentThread);
                await go.Task;
            },
            OnMove = (_, move) => moves.Add(move.Entity),
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Options);
        using RawClient client = await server.ConnectAsync();
        byte[] ask = Frames.Ask(1);
        await client.SendAsync(ask);
        int lane = await asked.NextAsync();

        await ExpectAsync(server, script, client, ask.Length, end, moves, lane, go.SetResult);
    }

    /// <summary>Its handler blocks, and what follows waits in the queue of the pump.</summary>
    private static async Task WhileThePumpIsBusyAsync(Transport transport, Action<RawClient> end)
    {
        Journal<int> begun = new();
        Journal<int> moves = new();
        using ManualResetEventSlim go = new();
        Script script = new()
        {
            OnRaw = (_, _) =>
            {
                begun.Add(ProcessorTime.CurrentThread);
                Assert.True(go.Wait(Guard.Patience));
            },
            OnMove = (_, move) => moves.Add(move.Entity),
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(Threading.Queued), Options);
        using RawClient client = await server.ConnectAsync();
        byte[] raw = Frames.Raw();
        await client.SendAsync(raw);
        int lane = await begun.NextAsync();

        await ExpectAsync(server, script, client, raw.Length, end, moves, lane, go.Set);
    }

    private static async Task ExpectAsync(TestServer server, Script script, RawClient client, int sent, Action<RawClient> end, Journal<int> moves, int lane, Action goOn)
    {
        await client.SendAsync(Some);
        await server.ReadAsync(script, sent + Some.Length);
        await client.SendAsync(More);
        end(client);
        await server.ReadAsync(script, sent + Some.Length);

        Peer peer = script.Peers.All[0];
        Idleness.Expect([.. new[] { lane, await Idleness.LoopOfAsync(peer) }.Distinct()]);
        Assert.Equal(sent + Some.Length, peer.Statistics.BytesReceived);
        Assert.Equal(CloseReason.None, peer.Reason);
        Assert.Empty(moves.All);
        goOn();

        Assert.Equal(Enumerable.Range(0, 2 * Moves), await moves.NextAsync(2 * Moves));
        Assert.Equal(CloseReason.Remote, await peer.Completion.Guarded());
        Assert.Single(script.Closings.All, closing => closing.Peer == peer);
    }
}
