using Microsoft.Extensions.Time.Testing;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There a protocol error, a close by the application and a time-out told nobody.</summary>
public sealed class Closed_comes_after_every_kind_of_end
{
    [Theory, EachLine]
    public async Task Exactly_once(Transport transport, Threading threading)
    {
        TimeSpan time = TimeSpan.FromSeconds(1);
        FakeTimeProvider clock = new();
        Script script = new()
        {
            OnMove = static (peer, _) => peer.Close(),
            OnBlob = static (peer, _) => peer.Abort(),
            OnChat = (peer, _) =>
            {
                peer.RequireUserWithin(time);
                clock.Advance(time);
            },
        };
        Processor processor = script.Run(threading);
        await using TestServer server = await TestServer.StartAsync(transport, processor, new PeerServerOptions { Loops = 1, TimeProvider = clock });

        await EndsAsync(Frames.Move(1, 2, 3), CloseReason.Local);
        await EndsAsync(Frames.Blob(1), CloseReason.Local);
        await EndsAsync(Frames.Chat("who am I?"), CloseReason.Unauthenticated);
        await EndsAsync(Frames.Header(-1, 5), CloseReason.NegativeLength);
        await EndsAsync(Frames.Header(int.MaxValue, 5), CloseReason.TooLong);
        await EndsAsync(Frames.Of(999), CloseReason.UnknownMessage);
        await EndsAsync(Frames.Of(1, 1, 2, 3), CloseReason.BadBody);
        await EndsAsync(Frames.Raw(1), CloseReason.Remote, static client => client.FinishSending());
        await EndsAsync(Frames.Header(10, 5), CloseReason.Truncated, static client => client.FinishSending());
        Assert.Equal(0, processor.PeerCount);
        Assert.Equal(script.Peers.All.Count, script.Closings.All.Count);

        async Task EndsAsync(byte[] bytes, CloseReason reason, Action<RawClient>? end = null)
        {
            using RawClient client = await server.ConnectAsync();
            Peer peer = await script.Peers.NextAsync();
            CancellationToken aborted = peer.Aborted;
            Assert.Equal((CloseReason.None, false), (peer.Reason, aborted.IsCancellationRequested));
            await client.SendAsync(bytes);
            end?.Invoke(client);
            Assert.Equal((peer, reason), await script.Closings.NextAsync());
            await client.EndedAsync();
            Assert.Equal(reason, await peer.Completion.Guarded());
            Assert.Equal(reason, peer.Reason);
            await Guard.UntilAsync(() => aborted.IsCancellationRequested);
        }
    }
}
