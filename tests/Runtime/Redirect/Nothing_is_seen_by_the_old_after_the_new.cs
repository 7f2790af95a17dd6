using System.Diagnostics;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Redirect;

public sealed class Nothing_is_seen_by_the_old_after_the_new
{
    public static TheoryData<Transport, Threading, Threading> Each()
    {
        TheoryData<Transport, Threading, Threading> each = [];
        foreach (Transport transport in EachTransportAttribute.TransportsHere)
        {
            each.Add(transport, Threading.Queued, Threading.Queued);
            each.Add(transport, Threading.Queued, Threading.Inline);
            each.Add(transport, Threading.Inline, Threading.Queued);
            each.Add(transport, Threading.Inline, Threading.Inline);
        }

        return each;
    }

    /// <summary>In the middle of what was received at once.</summary>
    [Theory, MemberData(nameof(Each))]
    public async Task From_within_a_handler(Transport transport, Threading from, Threading to)
    {
        Journal<string> seen = new();
        Processor next = new Stage("new", seen).Run(to);
        Stage old = new("old", seen) { OnMove = (peer, move) => { if (move.Entity == 1) { peer.Redirect(next); } } };
        await using TestServer server = await TestServer.StartAsync(transport, old.Run(from));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Enumerable.Range(0, 1_000).Select(static i => Frames.Move(i, 0, 0))));

        string[] first = await seen.NextAsync(5);
        Assert.Equal(["old opened", "old 0", "old 1", "old closed Redirected", "new opened"], first);
        Assert.Equal(Enumerable.Range(2, 998).Select(static i => $"new {i}"), await seen.NextAsync(998));
        client.FinishSending();
        Assert.Equal("new closed Remote", await seen.NextAsync());

        // What counts the peers comes after the handler of their end.
        await server.Server.StopAsync().Guarded();
        Assert.Equal(0, server.Server.PeerCount);
        Assert.Equal(0, next.PeerCount);
    }

    [Theory, MemberData(nameof(Each))]
    public async Task From_a_thread_that_is_no_lane(Transport transport, Threading from, Threading to)
    {
        const int Count = 20_000;
        Journal<string> seen = new();
        Processor next = new Stage("new", seen).Run(to);
        Processor old = new Stage("old", seen).Run(from);
        TaskCompletionSource<Peer> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Stage first = new("old", seen) { OnMove = (peer, move) => { if (move.Entity == 100) { opened.TrySetResult(peer); } } };
        await using TestServer server = await TestServer.StartAsync(transport, first.Run(from));
        using RawClient client = await server.ConnectAsync();
        Task sending = client.SendAsync(Frames.Join(Enumerable.Range(0, Count).Select(static i => Frames.Move(i, 0, 0))));

        Assert.True((await opened.Task.Guarded()).Redirect(next));

        await sending;
        client.FinishSending();
        string[] all = await seen.NextAsync(Count + 4);
        int at = Array.IndexOf(all, "old closed Redirected");
        Assert.Equal("new opened", all[at + 1]);
        Assert.Equal("new closed Remote", all[^1]);
        Assert.All(all[..at], static line => Assert.StartsWith("old", line));
        Assert.Equal(
            Enumerable.Range(0, Count),
            all.Where(static line => char.IsAsciiDigit(line[4])).Select(static line => int.Parse(line.AsSpan(4), System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>There and back, again and again: every message is seen once, in order.</summary>
    [Theory, MemberData(nameof(Each))]
    public async Task Again_and_again(Transport transport, Threading from, Threading to)
    {
        const int Count = 2_000;
        Journal<string> seen = new();
        Journal<int> moves = new();
        Processor? one = null, other = null;
        Stage first = new("one", seen) { OnMove = (peer, move) => { moves.Add(move.Entity); peer.Redirect(other!); } };
        Stage second = new("other", seen) { OnMove = (peer, move) => { moves.Add(move.Entity); peer.Redirect(one!); } };
        one = first.Run(from);
        other = second.Run(to);
        await using TestServer server = await TestServer.StartAsync(transport, one);
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Enumerable.Range(0, Count).Select(static i => Frames.Move(i, 0, 0))));

        Assert.Equal(Enumerable.Range(0, Count), await moves.NextAsync(Count));
    }

    /// <summary>Threads that redirect it at once: one of those that were named has it, and serves it.</summary>
    [Theory, MemberData(nameof(Each))]
    public async Task By_several_threads_at_once(Transport transport, Threading from, Threading to)
    {
        const int Times = 2_000;
        Processor[] processors = [.. ((Threading[])[from, to, to]).Select(static threading => new Script().Run(threading))];
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(from));
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(number => Task.Run(() =>
        {
            for (int i = 0; i < Times; i++)
            {
                peer.Redirect(processors[(number + i) % processors.Length]);
            }
        }))).Guarded();

        await client.ExpectEchoAsync(Frames.Raw(1));
        Assert.Contains(peer.Processor, processors);
    }

    /// <summary>Each sends it on as soon as it has it: one comes to it next to the other, not within it, so that the stack holds any number.</summary>
    [Theory, MemberData(nameof(Each))]
    public async Task As_soon_as_it_is_opened(Transport transport, Threading from, Threading to)
    {
        const int Times = 1_000;
        const int MostFrames = 100;
        int opened = 0;
        int deepest = 0;
        Processor? one = null, other = null;
        one = new Script { OnOpened = peer => SendOn(peer, other!) }.Run(from);
        other = new Script { OnOpened = peer => SendOn(peer, one!) }.Run(to);
        await using TestServer server = await TestServer.StartAsync(transport, one);
        using RawClient client = await server.ConnectAsync();

        await client.ExpectEchoAsync(Frames.Raw(1));
        Assert.Equal(Times, opened);
        Assert.InRange(deepest, 1, MostFrames);

        Peer SendOn(Peer peer, Processor next)
        {
            deepest = Math.Max(deepest, new StackTrace().FrameCount);
            if (++opened < Times)
            {
                peer.Redirect(next);
            }

            return peer;
        }
    }

    [Theory, MemberData(nameof(Each))]
    public async Task After_the_asynchronous_handler_that_runs(Transport transport, Threading from, Threading to)
    {
        Journal<string> seen = new();
        Processor next = new Stage("new", seen).Run(to);
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Stage old = new("old", seen)
        {
            OnAsk = async (peer, _) =>
            {
                peer.Redirect(next);
                await go.Task;
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, old.Run(from));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Frames.Ask(1), Frames.Move(2, 0, 0)));
        Assert.Equal(["old opened", "old asked 1"], await seen.NextAsync(2));
        await client.SendAsync(Frames.Move(3, 0, 0));
        client.FinishSending();
        go.SetResult();

        Assert.Equal(
            ["old answered 1", "old closed Redirected", "new opened", "new 2", "new 3", "new closed Remote"],
            await seen.NextAsync(6));
    }

    [Theory, MemberData(nameof(Each))]
    public async Task After_an_asynchronous_end(Transport transport, Threading from, Threading to)
    {
        Journal<string> seen = new();
        Processor next = new Stage("new", seen).Run(to);
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Stage old = new("old", seen)
        {
            OnMove = (peer, _) => peer.Redirect(next),
            OnClosing = async _ =>
            {
                closing.SetResult();
                await go.Task;
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, old.Run(from));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Frames.Move(1, 0, 0), Frames.Move(2, 0, 0)));
        await closing.Task.Guarded();
        await client.SendAsync(Frames.Move(3, 0, 0));
        client.FinishSending();
        go.SetResult();

        Assert.Equal(["old opened", "old 1", "old closed Redirected", "new opened", "new 2", "new 3", "new closed Remote"], await seen.NextAsync(7));
    }

    [Theory, MemberData(nameof(Each))]
    public async Task A_peer_that_is_closed_stays_where_it_is(Transport transport, Threading from, Threading to)
    {
        Journal<string> seen = new();
        Journal<bool> redirected = new();
        Processor next = new Stage("new", seen).Run(to);
        Stage old = new("old", seen)
        {
            OnMove = (peer, move) =>
            {
                if (move.Entity == 1)
                {
                    redirected.Add(peer.Redirect(next));
                    peer.Close();
                    redirected.Add(peer.Redirect(next));
                }
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, old.Run(from));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Frames.Move(1, 0, 0), Frames.Move(2, 0, 0)));

        Assert.Equal(["old opened", "old 1", "old closed Local"], await seen.NextAsync(3));
        bool[] expected = [true, false];
        Assert.Equal(expected, await redirected.NextAsync(2));
        Assert.Empty(await client.ReceiveToEndAsync());
    }

    [Theory, MemberData(nameof(Each))]
    public async Task What_was_sent_before_goes_before(Transport transport, Threading from, Threading to)
    {
        Journal<string> seen = new();
        Stage answering = new("new", seen) { OnMove = static (peer, move) => peer.Send(move) };
        Processor next = answering.Run(to);
        Stage old = new("old", seen)
        {
            OnMove = (peer, move) =>
            {
                peer.Send(move);
                if (move.Entity == 50)
                {
                    peer.Redirect(next);
                }
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, old.Run(from));
        using RawClient client = await server.ConnectAsync();
        byte[] all = Frames.Join(Enumerable.Range(0, 100).Select(static i => Frames.Move(i, 0, 0)));

        await client.SendAsync(all);

        Assert.Equal(all, await client.ReceiveAsync(all.Length));
    }

    [Theory, MemberData(nameof(Each))]
    public async Task The_server_stops_those_who_went(Transport transport, Threading from, Threading to)
    {
        Journal<string> seen = new();
        Processor next = new Stage("new", seen).Run(to);
        Stage old = new("old", seen) { OnMove = (peer, _) => peer.Redirect(next) };
        TestServer server = await TestServer.StartAsync(transport, old.Run(from));
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Move(1, 0, 0));
        Assert.Equal(["old opened", "old 1", "old closed Redirected", "new opened"], await seen.NextAsync(4));

        Task stopping = server.DisposeAsync().AsTask();
        Assert.Empty(await client.ReceiveToEndAsync());
        client.Dispose();
        await stopping.Guarded();

        Assert.Equal("new closed Stopped", await seen.NextAsync());
        Assert.Equal(0, next.PeerCount);
    }
}
