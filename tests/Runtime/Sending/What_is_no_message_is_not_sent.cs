using MessagePack;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Sending;

[Message(7101), MessagePackObject]
public sealed partial class Found
{
    [Key(0)] public int Where { get; init; }
}

[Message(7102)] internal readonly partial record struct Find(int What);

/// <summary>Has nothing to answer with.</summary>
[Processor]
internal sealed partial class FindsNothing
{
    [Handles] private static Found On(Peer peer, in Find find) => null!;
}

/// <summary>Has nothing to answer with either, and knows it later.</summary>
[Processor]
internal sealed partial class FindsNothingLater
{
    [Handles]
    private static async ValueTask<Found> On(Peer peer, Find find)
    {
        await Task.Yield();
        return null!;
    }
}

[Processor]
internal sealed partial class Seeker
{
    [Handles] private static void On(Peer peer, Found found)
    {
    }
}

/// <summary>MessagePack has a byte for null, which the other side would be closed for: a body that this side made.</summary>
public sealed class What_is_no_message_is_not_sent
{
    [Fact]
    public async Task Null_is_refused_where_it_is_sent()
    {
        await using TestServer server = await TestServer.StartAsync(new FindsNothing());
        await using Peer peer = await server.ConnectPeerAsync(new Seeker());
        var all = new Group();
        all.Add(peer);

        Assert.Throws<ArgumentNullException>(() => peer.Send<Found>(null!));
        Assert.Throws<ArgumentNullException>(() => peer.Send(default(MessageHeader), (Found)null!));
        Assert.Throws<ArgumentNullException>(() => peer.Reply(default(MessageHeader), (Found)null!));
        Assert.Throws<ArgumentNullException>(() => all.Send<Found>(null!));
        Assert.Throws<ArgumentNullException>(() => MessageCodec.WriteFrame(default(MessageHeader), (Found)null!, new System.Buffers.ArrayBufferWriter<byte>()));
        ArgumentNullException refused = await Assert.ThrowsAsync<ArgumentNullException>(() => peer.SendAsync<Found>(null!).AsTask());

        Assert.Contains("Found", refused.Message, StringComparison.Ordinal);
        Assert.Equal(CloseReason.None, peer.Reason);
    }

    /// <summary>The handler failed, and its peer is told nothing that it could not read.</summary>
    [Theory]
    [InlineData(typeof(FindsNothing))]
    [InlineData(typeof(FindsNothingLater))]
    public async Task Also_where_a_handler_answers_with_it(Type handler)
    {
        await using TestServer server = await TestServer.StartAsync((Processor)Activator.CreateInstance(handler)!);
        await using Peer peer = await server.ConnectPeerAsync(new Seeker());
        peer.Send(new Find(1));

        Assert.Equal(CloseReason.Remote, await peer.Completion.Guarded());
    }
}
