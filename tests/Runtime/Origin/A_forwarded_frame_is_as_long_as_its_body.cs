using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>A gateway: whatever the first peer sends goes to the second, as it is.</summary>
[Processor(Threading.Queued)]
public sealed partial class QueuedGateway(Func<Peer> behind)
{
    [Unhandled]
    private void Any(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body) => behind().Forward(in header, body);
}

/// <summary>The same on its loop.</summary>
[Processor(Threading.Inline)]
public sealed partial class InlineGateway(Func<Peer> behind)
{
    [Unhandled]
    private void Any(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body) => behind().Forward(in header, body);
}

/// <summary>There a frame was as long as its header said, and the bytes that its body lacked were those of another client.</summary>
public sealed class A_forwarded_frame_is_as_long_as_its_body
{
    [Theory, EachLine]
    public async Task Whatever_its_header_says(Transport transport, Threading threading)
    {
        Script script = new() { OnMove = static (peer, move) => peer.Forward(new MessageHeader(move.Entity, 77), [1, 2, 3]) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw("the secret of another client"u8));

        foreach (int said in (int[])[1_000, int.MaxValue, 3, 1, 0, -1, int.MinValue])
        {
            await client.SendAsync(Frames.Join(Frames.Move(said, 0, 0), Frames.Raw(9)));

            byte[] expected = Frames.Join(Frames.Of(77, 1, 2, 3), Frames.Raw(9));
            Assert.Equal(expected, await client.ReceiveAsync(expected.Length));
        }
    }
    /// <summary>Ids that nobody has declared, and bodies of any length: the one behind the gateway gets the same bytes.</summary>
    [Theory, EachLine]
    public async Task To_another_peer(Transport transport, Threading threading)
    {
        Peer? second = null;
        Processor gateway = threading == Threading.Queued ? new QueuedGateway(() => second!) : new InlineGateway(() => second!);
        await using TestServer server = await TestServer.StartAsync(transport, gateway, new PeerServerOptions { Loops = 2 });
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient behind = await server.ConnectAsync();
        second = await accepting.Guarded();
        using RawClient before = await server.ConnectAsync();
        (int Id, int Length)[] all = [(1, 12), (77, 0), (-1, 1), (int.MinValue, 60_000), (0, 3), (int.MaxValue, 60_000), (5, 0)];
        byte[] frames = Frames.Join(all.Select(static one => Frames.Of(one.Id, Frames.Pattern(one.Length, one.Id))));

        await before.SendAsync(frames);

        Assert.Equal(frames, await behind.ReceiveAsync(frames.Length));
    }
}
