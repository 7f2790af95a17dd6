using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There the first panic ended the loop that served everybody.</summary>
public sealed class A_handler_that_throws_does_not_stop_the_pump
{
    [Theory, EachLine]
    public async Task Again_and_again(Transport transport, Threading threading)
    {
        Script script = new() { OnMove = static (_, _) => throw new InvalidOperationException("a handler of a test") };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient good = await server.ConnectAsync();
        await good.ExpectEchoAsync(Frames.Raw(1));
        await script.Peers.NextAsync();

        for (int i = 0; i < 20; i++)
        {
            using RawClient bad = await server.ConnectAsync();
            await bad.SendAsync(Frames.Move(i, 0, 0));
            Assert.Empty(await bad.EndedAsync());
            Assert.Equal(CloseReason.HandlerFault, (await script.Closings.NextAsync()).Reason);
            await good.ExpectEchoAsync(Frames.Raw(2));
        }
    }
}
