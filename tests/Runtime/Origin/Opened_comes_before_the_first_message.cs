using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There a message was handled before its peer was known, in half of the runs.</summary>
public sealed class Opened_comes_before_the_first_message
{
    [Theory, EachLine]
    public async Task Although_both_are_there_at_once(Transport transport, Threading threading)
    {
        Script script = new()
        {
            OnOpened = static peer => new object(),
            OnMove = static (peer, move) => peer.Send(move with { Entity = peer.State is null ? -1 : 1 }),
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));

        for (int i = 0; i < 100; i++)
        {
            using RawClient client = await server.ConnectAsync();
            await client.SendAsync(Frames.Move(0, 0, 0));
            Assert.Equal(Frames.Move(1, 0, 0), await client.ReceiveAsync(20));
        }
    }
}
