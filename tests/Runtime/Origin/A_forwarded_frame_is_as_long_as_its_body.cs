using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

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
}
