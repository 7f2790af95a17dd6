using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Pulling;

/// <summary>
/// A peer that waits for a reader that may come again does so as long as it might be idle, here for ever; unless it was reset: nothing that it could be told would arrive.
/// </summary>
public sealed class Who_was_reset_is_kept_only_for_a_reader_that_is_there
{
    /// <summary>To a unix domain socket a reset is an end like others.</summary>
    public static TheoryData<Transport> TellResets => [.. EachTransportAttribute.TransportsHere.Where(static transport => transport != Transport.Unix)];

    private static readonly PeerOptions NeverIdle = new() { IdleTimeout = Timeout.InfiniteTimeSpan, FirstMessageTimeout = Timeout.InfiniteTimeSpan };

    [Theory, MemberData(nameof(TellResets))]
    public async Task Where_nobody_was_there(Transport transport)
    {
        await using TimedPullServer server = await TimedPullServer.StartAsync(transport, NeverIdle);
        (RawClient client, Peer peer) = await server.ConnectAsync();
        await client.SendAsync(Frames.Join(Frames.Raw(1), Frames.Raw(2)));
        await Guard.UntilAsync(() => peer.Reader!.Held > 0);

        client.Reset();

        Assert.Equal(CloseReason.Reset, await peer.Completion.Guarded());
    }

    /// <summary>It is known while somebody reads, who may go on and has all that came; it ends once he goes away.</summary>
    [Theory, MemberData(nameof(TellResets))]
    public async Task Where_its_reader_goes_away(Transport transport)
    {
        await using TimedPullServer server = await TimedPullServer.StartAsync(transport, NeverIdle);
        (RawClient client, Peer peer) = await server.ConnectAsync();
        await client.SendAsync(Frames.Join(Frames.Raw(1), Frames.Raw(2), Frames.Raw(3)));
        IAsyncEnumerator<ReceivedFrame> reading = peer.ReadAllAsync().GetAsyncEnumerator();
        Assert.True(await reading.MoveNextAsync().Guarded());
        await Guard.UntilAsync(() => peer.Statistics.BytesReceived == 3 * Frames.Raw(1).Length);
        await ResetAsync(client, peer);

        // However long he takes.
        await server.PassAsync(100);
        Assert.True(await reading.MoveNextAsync().Guarded());
        await server.PassAsync(100);
        Assert.Equal((2, CloseReason.None), (reading.Current.Body.Span[0], peer.Reason));

        await reading.DisposeAsync();
        await server.PassAsync(31);

        Assert.Equal(CloseReason.Reset, await peer.Completion.Guarded());
    }

    [Theory, MemberData(nameof(TellResets))]
    public async Task Where_its_reader_reads_to_the_end(Transport transport)
    {
        await using TimedPullServer server = await TimedPullServer.StartAsync(transport, NeverIdle);
        (RawClient client, Peer peer) = await server.ConnectAsync();
        await client.SendAsync(Frames.Join(Enumerable.Range(1, 5).Select(static i => Frames.Raw((byte)i))));
        await using IAsyncEnumerator<ReceivedFrame> reading = peer.ReadAllAsync().GetAsyncEnumerator();
        Assert.True(await reading.MoveNextAsync().Guarded());
        await Guard.UntilAsync(() => peer.Statistics.BytesReceived == 5 * Frames.Raw(1).Length);
        await ResetAsync(client, peer);
        for (byte expected = 2; expected <= 5; expected++)
        {
            Assert.True(await reading.MoveNextAsync().Guarded());
            Assert.Equal(expected, reading.Current.Body.Span[0]);
        }

        PeerClosedException closed = await Assert.ThrowsAsync<PeerClosedException>(() => reading.MoveNextAsync().Guarded());
        Assert.Equal((CloseReason.Reset, CloseReason.Reset), (closed.Reason, await peer.Completion.Guarded()));
    }

    private static async Task ResetAsync(RawClient client, Peer peer)
    {
        TaskCompletionSource isKnown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (peer.Aborted.UnsafeRegister(_ => isKnown.SetResult(), null))
        {
            client.Reset();
            await isKnown.Task.Guarded();
        }
    }
}
