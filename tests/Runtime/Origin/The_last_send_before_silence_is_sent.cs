using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There a message that was queued at the wrong moment waited for the next one.</summary>
public sealed class The_last_send_before_silence_is_sent
{
    /// <summary>Each is awaited before the next is sent, so that every one is the last.</summary>
    [Theory, EachLine]
    public async Task From_a_thread_that_is_no_lane(Transport transport, Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();

        for (int i = 0; i < 3_000; i++)
        {
            peer.Send(new Move(i, 0, 0));
            Assert.Equal(Frames.Move(i, 0, 0), await client.ReceiveAsync(20));
        }
    }
}
