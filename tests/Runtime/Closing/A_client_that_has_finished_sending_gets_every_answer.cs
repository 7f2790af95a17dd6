using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Closing;

public sealed class A_client_that_has_finished_sending_gets_every_answer
{
    [Theory, EachLine]
    public async Task Then_the_end(Transport transport, Threading threading)
    {
        byte[] stream = Frames.Join(Enumerable.Range(0, 2000).Select(i => i % 50 == 0 ? Frames.Ask(i) : Frames.Raw(Frames.Pattern(i % 300, i))));
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(stream);
        client.FinishSending();

        Assert.Equal(stream, await client.ReceiveToEndAsync());
        Assert.Equal(CloseReason.Remote, (await script.Closings.NextAsync()).Reason);
    }

    [Theory, EachLine]
    public async Task Also_when_a_handler_still_waits(Transport transport, Threading threading)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new Script
        {
            OnAsk = async (peer, ask) =>
            {
                await gate.Task;
                await peer.SendAsync(ask);
            },
        };
        byte[] stream = Frames.Join(Frames.Ask(1), Frames.Move(2, 0, 0), Frames.Ask(3));
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(stream);
        client.FinishSending();
        await server.SettleAsync();
        gate.SetResult();

        Assert.Equal(stream, await client.ReceiveToEndAsync());
        Assert.Equal(CloseReason.Remote, (await script.Closings.NextAsync()).Reason);
    }
}
