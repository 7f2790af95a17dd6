using System.Buffers.Binary;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There what the queue had no room for was gone: 476 of 1,500 messages, and with them the news that peers came and went.</summary>
public sealed class A_full_queue_drops_nothing
{
    /// <summary>More than the queue of a pump takes.</summary>
    private const int More = 10_000;

    private sealed record Happened(int Number);

    /// <summary>What is not read waits in the system, which takes no more in the end.</summary>
    [Theory, EachLine]
    public async Task But_holds_up_who_fills_it(Transport transport, Threading threading)
    {
        const int Messages = 4_000, Length = 16 * 1024;
        Journal<int> handled = new();
        using ManualResetEventSlim go = new();
        Script script = new() { OnMove = (_, _) => go.Wait(), OnRaw = (_, raw) => handled.Add(BinaryPrimitives.ReadInt32LittleEndian(raw.Data)) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        byte[] flood = Frames.Join(Enumerable.Range(0, Messages).Select(static i => Frames.Raw([.. BitConverter.GetBytes(i), .. new byte[Length]])));

        await client.SendAsync(Frames.Move(1, 2, 3));
        int taken = await Flood.UntilRefusedAsync(client, flood, () => threading == Threading.Queued ? server.TurnAsync() : Task.CompletedTask);
        Assert.InRange(taken, 1, flood.Length - 1);
        Assert.Empty(handled.All);

        go.Set();
        await client.SendAsync(flood.AsMemory(taken));
        Assert.Equal(Enumerable.Range(0, Messages), await handled.NextAsync(Messages));
    }

    [Theory, EachLine]
    public async Task However_many_they_are(Transport transport, Threading threading)
    {
        const int Messages = 100_000;
        Journal<int> handled = new();
        using ManualResetEventSlim go = new();
        Script script = new()
        {
            OnMove = (_, move) =>
            {
                if (move.Entity == 0)
                {
                    go.Wait();
                }

                handled.Add(move.Entity);
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        Task sending = client.SendAsync(Frames.Join(Enumerable.Range(0, Messages).Select(static i => Frames.Move(i, 0, 0))));
        go.Set();

        Assert.Equal(Enumerable.Range(0, Messages), await handled.NextAsync(Messages));
        await sending;
    }

    /// <summary>The queue is full when they come, and its pump stands still.</summary>
    [Theory, EachLine]
    public async Task No_message(Transport transport, Threading threading)
    {
        Journal<int> handled = new();
        Script script = new() { OnMove = (_, move) => handled.Add(move.Entity) };
        Processor processor = script.Run(threading);
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        using RawClient client = await server.ConnectAsync();
        await script.Peers.NextAsync();
        using ManualResetEventSlim go = new();
        Journal<int> happened = Fill(processor, go);

        Task sending = client.SendAsync(Frames.Join(Enumerable.Range(0, More).Select(static i => Frames.Move(i, 0, 0))));
        await server.ReadAsync(script, bytes: 1);
        go.Set();

        Assert.Equal(Enumerable.Range(0, More), await handled.NextAsync(More));
        Assert.Equal(Enumerable.Range(0, More), await happened.NextAsync(More));
        await sending;
    }

    [Theory, EachLine]
    public async Task Nobody_who_comes_or_goes(Transport transport, Threading threading)
    {
        const int Clients = 30;
        Journal<int> handled = new();
        Script script = new() { OnMove = (_, move) => handled.Add(move.Entity) };
        Processor processor = script.Run(threading);
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        using RawClient first = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();
        using ManualResetEventSlim go = new();
        Journal<int> happened = Fill(processor, go);

        List<RawClient> clients = [];
        for (int i = 0; i < Clients; i++)
        {
            RawClient client = await server.ConnectAsync();
            clients.Add(client);
            await client.SendAsync(Frames.Move(i, 0, 0));
            client.FinishSending();
        }

        await Guard.UntilAsync(() => server.Server.Statistics.Accepted > Clients);
        await first.SendAsync(Frames.Raw(1));
        await Guard.UntilAsync(() => peer.Statistics.BytesReceived > 0);
        go.Set();

        Assert.Equal(Enumerable.Range(0, Clients), (await handled.NextAsync(Clients)).Order());
        Assert.All(await script.Closings.NextAsync(Clients), static closing => Assert.Equal(CloseReason.Remote, closing.Reason));
        Assert.Subset(script.Peers.All.ToHashSet(), script.Closings.All.Select(static closing => closing.Peer).ToHashSet());
        Assert.Equal(Enumerable.Range(0, More), await happened.NextAsync(More));
        clients.ForEach(static client => client.Dispose());
    }

    /// <summary>Raises more events than there is room for; none is handled until <paramref name="go"/> is set.</summary>
    private static Journal<int> Fill(Processor processor, ManualResetEventSlim go)
    {
        Journal<int> happened = new();
        processor.On<Happened>(raised => happened.Add(raised.Number));
        processor.Post(go.Wait);
        for (int i = 0; i < More; i++)
        {
            Assert.True(processor.Raise(new Happened(i)));
        }

        return happened;
    }
}
