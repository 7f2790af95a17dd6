using QContinuum.Pulling;
using QContinuum.Runtime.Tests.Requests;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;
using Ask = QContinuum.Runtime.Tests.Requests.Ask;
using Line = QContinuum.Runtime.Tests.Requests.Line;

namespace QContinuum.Runtime.Tests.Pulling;

/// <summary>Replies are looked for where frames begin: a body is what the other side likes, also what looks like the reply that is awaited.</summary>
public sealed class What_is_taken_back_begins_with_a_frame
{
    [Theory, EachTransport]
    public async Task And_none_of_its_bodies_answers_a_request(Transport transport)
    {
        await using TimedPullServer server = await TimedPullServer.StartAsync(transport, new PullProcessor<DeviceHeader>(), new PeerOptions { MaxMessagesPerSecond = 1 });
        (RawClient client, Peer peer) = await server.ConnectAsync();

        // The first reply is its second's worth of messages: what comes next is given to the reader, and its rate holds the peer beyond a redirect.
        Task<Value> first = peer.RequestAsync(new Ask(1)).AsTask();
        await client.SendAsync(Line.Reply((await client.ReceiveAsync(5))[2], 10));
        Assert.Equal(new Value(10), await first.Guarded());
        Task<Value> second = peer.RequestAsync(new Ask(2)).AsTask();
        Assert.Equal(2, (await client.ReceiveAsync(5))[2]);

        // What is kept behind that is looked at. As many bytes from the beginning of both, a reply to the second request seems to begin.
        byte[] given = [4, 2, 0, 0, 7, 7, 2, 1];
        byte[] kept = [2, 2, 0, 0, 3, 4];
        await client.SendAsync(Frames.Join(given, kept));
        await Guard.UntilAsync(() => peer.Reader!.Held > 0 && peer.CommittedBytes > 0);
        await server.PassAsync(0);
        PullReader reader = peer.Reader!;
        Assert.True(peer.Redirect(new PullProcessor<DeviceHeader>()));
        await server.PassAsync(0);
        await client.SendAsync(Line.Occur(4));
        await server.PassAsync(0);
        Assert.Same(reader, peer.Reader);

        await client.SendAsync(Line.Reply(2, 20));
        Value answer = await second.Guarded();

        // What it is over its rate by holds up its end as well.
        peer.Abort();
        for (int passed = 0; !peer.Completion.IsCompleted && passed < 100; passed++)
        {
            await server.PassAsync(1);
        }

        client.Dispose();
        Assert.Equal(new Value(20), answer);
    }
}
