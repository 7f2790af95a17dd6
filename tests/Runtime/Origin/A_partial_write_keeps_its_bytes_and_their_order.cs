using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There a write that the kernel took in part gave its buffer back and put the rest behind later messages.</summary>
public sealed class A_partial_write_keeps_its_bytes_and_their_order
{
    [Theory, EachLine]
    public async Task To_a_reader_that_is_slow(Transport transport, Threading threading)
    {
        const int Messages = 60;
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync(receiveBuffer: 4096);
        Peer peer = await script.Peers.NextAsync();

        for (int i = 0; i < Messages; i++)
        {
            Assert.InRange(peer.Send(new Raw(Frames.Pattern(50_000 + i, i))), SendResult.Sent, SendResult.Congested);
        }

        for (int i = 0; i < Messages; i++)
        {
            (int id, byte[] body) = await client.ReceiveFrameAsync();
            Assert.Equal(5, id);
            Assert.Equal(Frames.Pattern(50_000 + i, i), body);
        }
    }
}
