using System.Buffers;
using QContinuum.Protocol;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

/// <summary>A request during whose encoding something else happens: written by hand, where generated code leaves no such gap.</summary>
internal readonly record struct SlowAsk(Action Meanwhile) : IMessage<SlowAsk>
{
    public static HeaderCodec Header => QContinuum.Protocol.Framing.CodecOf<DeviceHeader>();

    public static long Id => 1;

    public static MessageRole Role => MessageRole.None;

    public static int SizeOf(scoped in SlowAsk message)
    {
        message.Meanwhile();
        return 5;
    }

    public static void WriteFrame(scoped in SlowAsk message, scoped Span<byte> frame, ulong correlation)
        => ((ReadOnlySpan<byte>)[1, 1, (byte)correlation, 0, 9]).CopyTo(frame);

    public static void WriteBody(scoped in SlowAsk message, IBufferWriter<byte> destination) => throw new NotSupportedException();

    public static bool TryRead(ReadOnlyMemory<byte> body, out SlowAsk message) => throw new NotSupportedException();

    public static bool TryReadFrame(ReadOnlyMemory<byte> frame, out SlowAsk message) => throw new NotSupportedException();
}

public sealed class A_request_fails_where_its_peer_goes_to_another_header
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task While_it_is_sent(bool isCancellable)
    {
        await using Line line = await Line.OpenAsync(Transport.Memory, Threading.Inline);
        using CancellationTokenSource source = new();
        SlowAsk ask = new(() => Redirect(line.Peer));

        PeerClosedException closed = await Assert.ThrowsAsync<PeerClosedException>(
            () => RequestSender.SendAsync<SlowAsk, Value>(line.Peer, in ask, null, isCancellable ? source.Token : default).AsTask().Guarded());

        Assert.Equal(CloseReason.Redirected, closed.Reason);
    }

    /// <summary>What could answer it has another form.</summary>
    [Fact]
    public async Task Also_where_only_what_is_received_changes()
    {
        await using TestServer server = await TestServer.StartAsync(new WideSender(QContinuum.Protocol.Framing.CodecOf<WideHeader>()));
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient device = await server.ConnectAsync();
        Peer peer = await accepting.Guarded();
        Task<Owned<WideReply>> asked = peer.RequestAsync(new WideAsk(1)).AsTask();

        Assert.True(peer.Redirect(new WideSender(QContinuum.Protocol.Framing.CodecOf<DeviceHeader>())));

        Assert.Equal(CloseReason.Redirected, (await Assert.ThrowsAsync<PeerClosedException>(() => asked.Guarded())).Reason);
    }

    /// <summary>What its encoding throws is what the caller hears.</summary>
    [Fact]
    public async Task And_says_what_else_went_wrong()
    {
        await using Line line = await Line.OpenAsync(Transport.Memory, Threading.Inline);
        SlowAsk ask = new(() =>
        {
            Redirect(line.Peer);
            throw new FormatException("It cannot be written.");
        });

        await Assert.ThrowsAsync<FormatException>(() => RequestSender.SendAsync<SlowAsk, Value>(line.Peer, in ask, null, CancellationToken.None).AsTask().Guarded());
    }

    private static void Redirect(Peer peer)
    {
        Script next = new();
        Assert.True(peer.Redirect(next.Run(Threading.Queued)));
        next.Peers.NextAsync().GetAwaiter().GetResult();
    }
}
