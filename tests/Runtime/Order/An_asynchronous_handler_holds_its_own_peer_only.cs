using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Order;

public sealed class An_asynchronous_handler_holds_its_own_peer_only
{
    [Theory, EachLine]
    public async Task While_it_waits(Transport transport, Threading threading)
    {
        var journal = new Journal<string>();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script
        {
            OnMove = (peer, move) =>
            {
                journal.Add($"move {move.Entity}");
                peer.Send(move);
            },
            OnAsk = async (peer, ask) =>
            {
                journal.Add($"ask {ask.Number}");
                await gate.Task;
                journal.Add($"asked {ask.Number}");
                peer.Send(ask);
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient held = await server.ConnectAsync();
        using RawClient other = await server.ConnectAsync();

        await held.SendAsync(Frames.Join(Frames.Ask(1), Frames.Move(2, 0, 0)));
        Assert.Equal("ask 1", await journal.NextAsync());
        await held.SendAsync(Frames.Move(3, 0, 0));
        await other.ExpectEchoAsync(Frames.Move(4, 0, 0));
        await server.SettleAsync();
        Assert.Equal(["ask 1", "move 4"], journal.All);

        gate.SetResult();
        byte[] answers = Frames.Join(Frames.Ask(1), Frames.Move(2, 0, 0), Frames.Move(3, 0, 0));
        Assert.Equal(answers, await held.ReceiveAsync(answers.Length));
        Assert.Equal(["ask 1", "move 4", "asked 1", "move 2", "move 3"], journal.All);
    }

    /// <summary>The bytes that wait behind it are bounded: the peer is no longer read, and nothing is lost.</summary>
    [Theory, EachLine]
    public async Task And_what_waits_behind_it_is_bounded(Transport transport, Threading threading)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script
        {
            OnAsk = async (peer, ask) =>
            {
                await gate.Task;
                peer.Send(ask);
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        await client.SendAsync(Frames.Ask(1));

        byte[] flood = Frames.Join(Enumerable.Range(0, 4000).Select(i => Frames.Raw(Frames.Pattern(16 * 1024, i))));
        int accepted = await Flood.UntilRefusedAsync(client, flood, server.SettleAsync);
        Assert.InRange(accepted, 1, flood.Length - 1);

        gate.SetResult();
        byte[] expected = Frames.Join(Frames.Ask(1), flood);
        Task sending = client.SendAsync(flood.AsMemory(accepted));
        byte[] answers = await client.ReceiveAsync(expected.Length);
        await sending;
        Assert.True(answers.AsSpan().SequenceEqual(expected));
    }
}
