using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There a descriptor was used after it had been closed, and events of an old peer reached the new owner of its number.</summary>
public sealed class A_descriptor_that_is_used_again_is_another_peer
{
    [Theory, EachLine]
    public async Task Though_the_old_one_has_just_gone(Transport transport, Threading threading)
    {
        Script script = new() { OnMove = static (peer, move) => peer.Send(move with { X = peer.Id }) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));

        for (int i = 0; i < 200; i++)
        {
            using RawClient client = await server.ConnectAsync();
            Peer peer = await script.Peers.NextAsync();
            await client.SendAsync(Frames.Move(i, 0, 0));
            Assert.Equal(Frames.Move(i, peer.Id, 0), await client.ReceiveAsync(20));
            switch (i % 3)
            {
                case 0:
                    client.Reset();
                    break;
                case 1:
                    peer.Abort();
                    break;
            }

            // What is sent to the one that is gone reaches nobody.
            peer.Send(new Move(-1, 0, 0));
        }
    }
}
