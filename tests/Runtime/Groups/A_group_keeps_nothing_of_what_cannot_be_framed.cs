using MessagePack;
using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Groups;

/// <summary>A length that counts units of four bytes.</summary>
[Header(ByteOrder.BigEndian)]
internal readonly partial record struct QuadHeader([Length(Scale = 4)] ushort Length, [MessageId] ushort Id);

[Message<QuadHeader>(1), MessagePackObject]
public sealed partial class QuadNote
{
    [Key(0)]
    public string Text { get; init; } = "";
}

[Processor<QuadHeader>(Threading.Inline)]
internal sealed partial class QuadSink
{
    [Unhandled]
    private void On(Peer peer, in QuadHeader header, ReadOnlySpan<byte> body)
    {
    }
}

public sealed class A_group_keeps_nothing_of_what_cannot_be_framed
{
    [Fact]
    public async Task Not_even_memory()
    {
        await using TestServer server = await TestServer.StartAsync(new QuadSink());
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient client = await server.ConnectAsync();
        Group group = new();
        Assert.True(group.Add(await accepting.Guarded()));

        OwnThread.Run(() =>
        {
            long before = BlockPool.OfThread.Outstanding;
            Assert.Throws<ArgumentException>(() => group.Send(new QuadNote { Text = "abc" }));
            Assert.Equal(before, BlockPool.OfThread.Outstanding);
        });
    }
}
