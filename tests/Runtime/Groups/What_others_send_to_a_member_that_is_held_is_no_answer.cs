using QContinuum.Loops;
using QContinuum.Runtime.Tests.Requests;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;
using QContinuum.Transports;
using Event = QContinuum.Runtime.Tests.Requests.Event;

namespace QContinuum.Runtime.Tests.Groups;

/// <summary>A handler of the member awaits something, while handlers of others and posted functions run on the same lane.</summary>
public sealed class What_others_send_to_a_member_that_is_held_is_no_answer
{
    /// <summary>An answer that found no room would end the member.</summary>
    [Theory, EachLine]
    public async Task So_that_it_may_be_refused(Transport transport, Threading threading)
    {
        byte[] data = Frames.Pattern(60_000, seed: 1);
        Group group = new();
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Script script = new()
        {
            OnAsk = async (_, _) =>
            {
                held.SetResult();
                await go.Task;
            },
            OnMove = (peer, move) =>
            {
                group.Send(new Raw(data), except: peer);
                peer.Send(move);
            },
        };
        PeerOptions peers = new() { HighWatermark = 64 * 1024, LowWatermark = 1024, SendLimit = 1024 * 1024, WhenFull = OverflowPolicy.Refuse };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), new PeerServerOptions { Loops = 1, Peers = peers });
        using RawClient slow = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer member = await script.Peers.NextAsync();
        Assert.True(group.Add(member));
        using RawClient loud = await server.ConnectAsync();
        await slow.SendAsync(Frames.Ask(1));
        await held.Task.Guarded();

        for (int i = 0; i < 400 && member.Statistics.Refused == 0 && member.Reason == CloseReason.None; i++)
        {
            await loud.ExpectEchoAsync(Frames.Move(i, 0, 0));
        }

        Assert.Equal(CloseReason.None, member.Reason);
        Assert.NotEqual(0, member.Statistics.Refused);
        go.SetResult();
    }

    /// <summary>Too many answers that wait keep a peer from being read, and so its handler from the reply that it awaits.</summary>
    [Theory, EachTransport]
    public async Task Nor_keeps_it_from_the_reply_that_it_awaits(Transport transport)
    {
        const int Messages = 80_000;
        TaskCompletionSource<Value> replied = new(TaskCreationOptions.RunContinuationsAsynchronously);
        QueuedAsker processor = new() { OnEvent = async (peer, number) => replied.SetResult(await peer.RequestAsync(new Requests.Ask(number))) };
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer member = await accepting.Guarded();
        EventLoop loop = (await member.ConnectionAsync()).Loop;
        await client.SendAsync(Requests.Line.Occur(1));
        byte correlation = (await client.ReceiveAsync(5))[2];
        Group group = new();
        Assert.True(group.Add(member));
        TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        processor.Post(() =>
        {
            for (int i = 0; i < Messages; i++)
            {
                group.Send(new Event(9));
            }

            sent.SetResult();
        });
        await sent.Task.Guarded();
        await loop.TurnAsync();
        await loop.TurnAsync();

        // Who has much to say takes nothing before it has said it.
        await client.SendAsync(Requests.Line.Reply(correlation, 7));

        Assert.Equal(new Value(7), await replied.Task.Guarded());
    }
}
