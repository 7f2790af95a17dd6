using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;
using QContinuum.Transports;

namespace QContinuum.Runtime.Tests.Pulling;

public sealed class A_closed_peer_holds_nothing_for_its_reader
{
    /// <summary>It is the reader's, who may come or not: to close anybody would not free it.</summary>
    [Theory, EachTransport]
    public async Task Though_there_is_something_to_be_read(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader>());
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        using RawClient closing = client;
        byte[] frame = Frames.Raw(new byte[5_000]);
        await client.SendAsync(frame);
        await Guard.UntilAsync(() => ((IConnectionOwner)peer).Held >= frame.Length);

        peer.Abort();
        await peer.Completion.Guarded();

        Assert.Equal(0, ((IConnectionOwner)peer).Held);
        ReceivedFrame read = await ReadAsync().Guarded();
        Assert.Equal(5_000, read.Body.Length);

        async Task<ReceivedFrame> ReadAsync()
        {
            await foreach (ReceivedFrame received in peer.ReadAllAsync())
            {
                return received;
            }

            throw new InvalidOperationException("there is no frame");
        }
    }
}
