using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Requests;

[Header(ByteOrder.BigEndian)]
internal readonly partial record struct LongHeader([Length] int Length, [MessageId] byte Id, [Correlation] ushort Correlation);

[Message<LongHeader>(1, Reply = typeof(Short))] internal readonly partial record struct AskShort(int Size);

[Message<LongHeader>(1, IsReply = true, MaxSize = 10)]
internal readonly ref partial struct Short
{
    [Tail] public readonly ReadOnlySpan<byte> Data;
}

[Message<LongHeader>(2, Reply = typeof(ShortText))] internal readonly partial record struct AskShortText(int Size);

[Message<LongHeader>(2, IsReply = true, MaxSize = 10), MessagePack.MessagePackObject]
public sealed partial class ShortText
{
    [MessagePack.Key(0)] public string Text { get; init; } = "";
}

/// <summary>Answers with as much as it is asked for.</summary>
[Processor<LongHeader>(Threading.Inline)]
internal sealed partial class Talkative
{
    [Handles] private static void On(Peer peer, in LongHeader header, AskShort ask) => peer.Reply(header, new Short(new byte[ask.Size]));

    [Handles] private static void On(Peer peer, in LongHeader header, AskShortText ask) => peer.Reply(header, new ShortText { Text = new string('x', ask.Size) });
}

[Processor<LongHeader>(Threading.Inline)]
internal sealed partial class Listening;

public sealed class The_longest_body_holds_for_a_reply
{
    [Fact]
    public async Task As_it_does_for_a_handler()
    {
        await using TestServer server = await TestServer.StartAsync(new Talkative());
        await using Peer peer = await server.ConnectPeerAsync(new Listening());
        using (Owned<Short> reply = await peer.RequestAsync(new AskShort(10)).AsTask().Guarded())
        {
            Assert.Equal(10, reply.Value.Data.Length);
        }

        PeerClosedException closed = await Assert.ThrowsAsync<PeerClosedException>(async () => (await peer.RequestAsync(new AskShort(11)).AsTask().Guarded()).Dispose());

        Assert.Equal(CloseReason.TooLong, closed.Reason);
        Assert.Equal(CloseReason.TooLong, await peer.Completion.Guarded());
    }

    [Fact]
    public async Task Also_where_it_is_a_value()
    {
        await using TestServer server = await TestServer.StartAsync(new Talkative());
        await using Peer peer = await server.ConnectPeerAsync(new Listening());

        PeerClosedException closed = await Assert.ThrowsAsync<PeerClosedException>(() => peer.RequestAsync(new AskShortText(50_000)).AsTask().Guarded());

        Assert.Equal(CloseReason.TooLong, closed.Reason);
    }
}
