using MessagePack;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Sending;

/// <summary>A body whose serialiser does something else meanwhile.</summary>
[Message(60), MessagePackObject]
public sealed partial class Meddling
{
    [IgnoreMember]
    public Action Meanwhile { get; init; } = static () => { };

    [Key(0)]
    public int Number
    {
        get
        {
            Meanwhile();
            return 7;
        }

        set => _ = value;
    }
}

public sealed class What_writes_a_message_may_send_another
{
    private static readonly byte[] Outer = Frames.Of(60, 0x91, 7);

    /// <summary>On a thread that is not the lane's: it goes first, since the other is not complete.</summary>
    [Fact]
    public async Task To_the_same_peer_or_to_another()
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(script.Run(Threading.Queued));
        using RawClient one = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();
        using RawClient two = await server.ConnectAsync();
        Peer other = await script.Peers.NextAsync();

        Assert.Equal(SendResult.Sent, peer.Send(new Meddling { Meanwhile = () => peer.Send(new Move(1, 2, 3)) }));
        byte[] both = Frames.Join(Frames.Move(1, 2, 3), Outer);
        Assert.Equal(both, await one.ReceiveAsync(both.Length));

        Assert.Equal(SendResult.Sent, peer.Send(new Meddling { Meanwhile = () => other.Send(new Meddling()) }));
        Assert.Equal(Outer, await one.ReceiveAsync(Outer.Length));
        Assert.Equal(Outer, await two.ReceiveAsync(Outer.Length));
    }

    /// <summary>On its lane it would come to lie within the first: that is refused, and nothing of either is sent.</summary>
    [Theory]
    [InlineData(Threading.Queued)]
    [InlineData(Threading.Inline)]
    public async Task But_not_on_its_lane_to_the_same_peer(Threading threading)
    {
        Journal<Exception> refused = new();
        Script script = new()
        {
            OnMove = (peer, move) =>
            {
                peer.Send(move);
                refused.Add(Assert.Throws<MessagePackSerializationException>(() => peer.Send(new Meddling { Meanwhile = () => peer.Send(move) })));
                peer.Send(move);
            },
        };
        await using TestServer server = await TestServer.StartAsync(script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Move(1, 2, 3));

        byte[] both = Frames.Join(Frames.Move(1, 2, 3), Frames.Move(1, 2, 3));
        Assert.Equal(both, await client.ReceiveAsync(both.Length));
        Assert.IsType<InvalidOperationException>((await refused.NextAsync()).InnerException);
        await client.ExpectEchoAsync(Frames.Raw(1));
    }
}
