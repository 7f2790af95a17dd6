using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Groups;

public sealed class A_message_reaches_every_member_once
{
    [Theory, EachLine]
    public async Task From_a_thread_of_its_own(Transport transport, Threading threading)
    {
        Group group = new();
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), new PeerServerOptions { Loops = 2 });
        using Clients clients = await Clients.ConnectAsync(server, script, group, 50);

        Assert.Equal(50, group.Send(new Move(1, 2, 3)));
        Assert.Equal(50, group.Send(new Blob(7, [1, 2, 3])));
        Assert.Equal(50, group.Send(new Chat { Text = "hello" }));

        byte[] all = Frames.Join(Frames.Move(1, 2, 3), Frames.Blob(7, 1, 2, 3), Frames.Chat("hello"));
        foreach (RawClient client in clients)
        {
            Assert.Equal(all, await client.ReceiveAsync(all.Length));
        }
    }

    /// <summary>What a handler sends to its peer alone, and to the group, keeps its order; so does what a thread sends.</summary>
    [Theory, EachLine]
    public async Task In_order_with_what_is_sent_to_one(Transport transport, Threading threading)
    {
        Group group = new();
        Script script = new()
        {
            OnMove = (peer, move) =>
            {
                for (int i = 0; i < 10; i++)
                {
                    peer.Send(new Move(i, 0, 0));
                    group.Send(new Move(100 + i, 0, 0));
                }
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using Clients clients = await Clients.ConnectAsync(server, script, group, 1);
        Peer member = Assert.Single(group.Members);
        byte[] expected = Frames.Join(Enumerable.Range(0, 20).Select(static i => Frames.Move(i % 2 == 0 ? i / 2 : 100 + (i / 2), 0, 0)));

        await clients[0].SendAsync(Frames.Move(0, 0, 0));
        Assert.Equal(expected, await clients[0].ReceiveAsync(expected.Length));

        for (int i = 0; i < 10; i++)
        {
            member.Send(new Move(i, 0, 0));
            group.Send(new Move(100 + i, 0, 0));
        }

        Assert.Equal(expected, await clients[0].ReceiveAsync(expected.Length));
    }

    [Theory, EachLine]
    public async Task But_for_the_one_that_is_left_out(Transport transport, Threading threading)
    {
        Group group = new();
        Script script = new() { OnMove = (peer, move) => group.Send(move, except: peer) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using Clients clients = await Clients.ConnectAsync(server, script, group, 3);

        await clients[0].SendAsync(Frames.Move(5, 0, 0));

        Assert.Equal(Frames.Move(5, 0, 0), await clients[1].ReceiveAsync(20));
        Assert.Equal(Frames.Move(5, 0, 0), await clients[2].ReceiveAsync(20));
        await clients[0].ExpectEchoAsync(Frames.Raw(1));
    }

    [Theory, EachLine]
    public async Task And_who_closes_has_left(Transport transport, Threading threading)
    {
        Group group = new();
        Journal<int> counts = new();
        Script script = new() { OnClosed = (peer, _) => counts.Add(group.Contains(peer) ? -1 : group.Count) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using Clients clients = await Clients.ConnectAsync(server, script, group, 3);
        Peer leaving = group.Members[1];

        leaving.Close();

        Assert.Equal(2, await counts.NextAsync());
        Assert.False(group.Add(leaving));
        Assert.Equal(2, group.Send(new Move(1, 2, 3)));
    }

    [Fact]
    public async Task A_message_of_another_header_reaches_nobody()
    {
        Group group = new();
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(script.Run(Threading.Inline));
        using Clients clients = await Clients.ConnectAsync(server, script, group, 2);

        Assert.Equal(0, group.Send(new Note(1)));

        await clients[0].ExpectEchoAsync(Frames.Raw(1));
    }

    [Theory, EachLine]
    public async Task Large_messages_are_shared_by_slow_members(Transport transport, Threading threading)
    {
        const int Rounds = 40;
        byte[] data = Frames.Pattern(60_000, 1);
        Group group = new();
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using Clients clients = await Clients.ConnectAsync(server, script, group, 8);

        OwnThread.Run(() =>
        {
            // One block a message, however many members wait for it, and a view for each of them.
            for (int i = 0; i < Rounds; i++)
            {
                Assert.Equal(8, group.Send(new Raw(data)));
            }

            Assert.InRange(BlockPool.OfThread.Outstanding, 0, Rounds * 9);
        });

        byte[] frame = Frames.Raw(data);
        foreach (RawClient client in clients)
        {
            for (int i = 0; i < Rounds; i++)
            {
                Assert.Equal(frame, await client.ReceiveAsync(frame.Length));
            }
        }
    }

    /// <summary>A slow member is closed at its own limit, and the others get everything.</summary>
    [Theory, EachLine]
    public async Task A_member_that_does_not_read_costs_nobody_else(Transport transport, Threading threading)
    {
        byte[] data = Frames.Pattern(60_000, 1);
        Group group = new();
        Script script = new();
        PeerOptions peers = new() { HighWatermark = 64 * 1024, LowWatermark = 1024, SendLimit = 1024 * 1024 };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), new PeerServerOptions { Loops = 1, Peers = peers });
        using Clients clients = await Clients.ConnectAsync(server, script, group, 2);
        byte[] frame = Frames.Raw(data);

        int sent = 0;
        while (group.Count == 2)
        {
            Assert.True(sent++ < 10_000, "the limit is never reached");
            group.Send(new Raw(data));
            Assert.Equal(frame, await clients[1].ReceiveAsync(frame.Length));
        }

        Assert.Equal(CloseReason.Overflow, (await script.Closings.NextAsync()).Reason);
        Assert.Equal(1, group.Send(new Move(1, 2, 3)));
        Assert.Equal(Frames.Move(1, 2, 3), await clients[1].ReceiveAsync(20));
    }

    [Fact]
    public async Task Members_may_come_and_go_on_any_thread()
    {
        Group group = new();
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(script.Run(Threading.Inline), new PeerServerOptions { Loops = 2 });
        using Clients clients = await Clients.ConnectAsync(server, script, group, 16);
        Peer[] all = [.. group.Members];

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            Random random = new(thread);
            for (int i = 0; i < 20_000; i++)
            {
                Peer peer = all[random.Next(all.Length)];
                if (random.Next(2) == 0)
                {
                    group.Add(peer);
                }
                else
                {
                    group.Remove(peer);
                }
            }
        }))).Guarded();

        Assert.Equal(all.Count(group.Contains), group.Count);
        Assert.Equal(group.Count, group.Members.Distinct().Count());
    }

    /// <summary>Bare clients whose peers are members of a group, in the same order.</summary>
    private sealed class Clients : List<RawClient>, IDisposable
    {
        public static async Task<Clients> ConnectAsync(TestServer server, Script script, Group group, int count)
        {
            Clients clients = [];
            for (int i = 0; i < count; i++)
            {
                clients.Add(await server.ConnectAsync());
                Assert.True(group.Add(await script.Peers.NextAsync()));
            }

            Assert.Equal(count, group.Count);
            return clients;
        }

        public void Dispose() => ForEach(static client => client.Dispose());
    }
}
