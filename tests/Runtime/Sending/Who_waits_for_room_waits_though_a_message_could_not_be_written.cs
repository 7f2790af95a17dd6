using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Sending;

/// <summary>What writes a message throws, and its sender knows how to deal with that: what it sends afterwards in the same turn is bounded all the same.</summary>
public sealed class Who_waits_for_room_waits_though_a_message_could_not_be_written
{
    private const int Count = 500;
    private const int Length = 20_000;

    private static readonly byte[] Begin = Frames.Move(1, 2, 3);

    /// <summary>Twice as much as may wait to be sent.</summary>
    [Theory, EachLine]
    public async Task Before_it_sends_more(Transport transport, Threading threading)
    {
        byte[] data = Frames.Pattern(Length, seed: 3);
        int sent = 0;
        Script script = new()
        {
            OnAsk = async (peer, _) =>
            {
                SendBad(peer);
                for (uint i = 0; i < Count; i++)
                {
                    await SendAsync(peer, i, data);
                    Interlocked.Increment(ref sent);
                }
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);

        await client.SendAsync(Frames.Ask(1));
        for (int still = 0, before = -1; still < 20;)
        {
            await server.SettleAsync();
            int now = Volatile.Read(ref sent);
            still = now == before ? still + 1 : 0;
            before = now;
        }

        Assert.InRange(sent, 0, Count - 1);
        await ExpectAsync(client, Begin);
        for (uint i = 0; i < Count; i++)
        {
            await ExpectAsync(client, Frames.Blob(i, data));
        }

        Assert.Empty(script.Closings.All);
    }

    /// <summary>Who blocks until there is room keeps the turn from its end.</summary>
    [Theory, EachTransport]
    public async Task Also_where_it_blocks(Transport transport)
    {
        byte[] data = Frames.Pattern(Length, seed: 3);
        Script script = new()
        {
            OnMove = (peer, _) =>
            {
                SendBad(peer);
                for (uint i = 0; i < Count; i++)
                {
                    Assert.Equal(SendResult.Sent, SendAsync(peer, i, data).AsTask().GetAwaiter().GetResult());
                }
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(Threading.Queued));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Move(1, 0, 0));

        await ExpectAsync(client, Begin);
        for (uint i = 0; i < Count; i++)
        {
            await ExpectAsync(client, Frames.Blob(i, data));
        }
    }

    /// <summary>Who asks for more than it reads is paced.</summary>
    [Theory, EachLine]
    public async Task Before_more_is_handled(Transport transport, Threading threading)
    {
        const int Requests = 90;
        byte[] data = Frames.Pattern(190 * 1024, seed: 4);
        Script script = new()
        {
            OnMove = (peer, _) =>
            {
                SendBad(peer);
                peer.Send(new Blob(1, data));
            },
        };
        PeerServerOptions options = new() { Loops = 1, Peers = new PeerOptions { SendLimit = 257 * 1024 } };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), options);
        using RawClient client = await server.ConnectAsync(receiveBuffer: 8 * 1024);

        await client.SendAsync(Frames.Join(Enumerable.Repeat(Frames.Move(1, 2, 3), Requests)));
        await server.SettleAsync();

        byte[] expected = Frames.Join(Begin, Frames.Blob(1, data));
        for (int i = 0; i < Requests; i++)
        {
            await ExpectAsync(client, expected);
        }

        Assert.Empty(script.Closings.All);
    }

    /// <summary>Sends a message, and one that cannot be written behind it.</summary>
    private static void SendBad(Peer peer)
    {
        peer.Send(new Move(1, 2, 3));
        Sly.Meanwhile(static () => throw new InvalidOperationException("there is no number"));
        Assert.Throws<InvalidOperationException>(() => peer.Send(new Sly(7, 8)));
    }

    /// <remarks>The message is a view, which no asynchronous method may hold.</remarks>
    private static ValueTask<SendResult> SendAsync(Peer peer, uint number, byte[] data) => peer.SendAsync(new Blob(number, data));

    private static async Task ExpectAsync(RawClient client, byte[] expected) => Assert.Equal(expected, await client.ReceiveAsync(expected.Length));
}
