using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Pulling;

public sealed class A_body_is_that_of_its_frame
{
    /// <summary>Otherwise who kept the frame before would read the body of the present one.</summary>
    [Theory, EachTransport(0, 1_000)]
    public async Task And_of_no_later_one(Transport transport, int over)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader> { StreamOver = over });
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        await client.SendAsync(Frames.Join(Frames.Raw(1, 1), Frames.Raw(2, 2)));

        ReceivedFrame before = default;
        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            if (before.BodyLength > 0)
            {
                await Assert.ThrowsAsync<InvalidOperationException>(async () => await before.ReadBodyAsync());
                Assert.Equal([2, 2], (await frame.ReadBodyAsync()).ToArray());
                break;
            }

            before = frame;
        }

        client.Dispose();
        await peer.DisposeAsync();
    }

    /// <summary>It is valid until the next one is asked for, and not only while frames are asked for.</summary>
    [Theory, EachTransport(0, 1_000)]
    public async Task Also_when_the_reader_has_stopped(Transport transport, int over)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader> { StreamOver = over });
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        await client.SendAsync(Frames.Join(Frames.Raw(1, 1), Frames.Raw(2, 2)));

        ReceivedFrame last = default;
        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            last = frame;
            break;
        }

        Assert.Equal([1, 1], (await last.ReadBodyAsync().Guarded()).ToArray());
        Task<bool> next = peer.ReadAllAsync().GetAsyncEnumerator().MoveNextAsync().AsTask();
        Assert.True(await next.Guarded());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await last.ReadBodyAsync());
        client.Dispose();
        await peer.DisposeAsync();
    }

    [Fact]
    public async Task And_no_frame_has_none()
    {
        InvalidOperationException thrown = await Assert.ThrowsAsync<InvalidOperationException>(async () => await default(ReceivedFrame).ReadBodyAsync());
        Assert.Contains(nameof(Peer.ReadAllAsync), thrown.Message, StringComparison.Ordinal);
    }
}
