using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.BadInput;

public sealed class A_stream_that_ends_in_mid_message_is_truncated
{
    private static readonly byte[] Whole = Frames.Move(1, 2, 3);

    [Theory, EachLine]
    public async Task Wherever_it_ends(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));

        for (int length = 1; length < Whole.Length; length++)
        {
            using RawClient client = await server.ConnectAsync();
            await client.SendAsync(Frames.Join(Whole, Whole[..length]));
            client.FinishSending();

            Assert.Equal(CloseReason.Truncated, (await script.Closings.NextAsync()).Reason);
            await client.EndedAsync();
        }

        Assert.Equal(Whole.Length - 1, script.Closings.All.Count);
    }

    [Theory, EachLine]
    public async Task Between_two_messages_it_is_a_clean_end(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Whole);
        client.FinishSending();

        Assert.Equal(Whole, await client.ReceiveToEndAsync());
        Assert.Equal(CloseReason.Remote, (await script.Closings.NextAsync()).Reason);
        Assert.Empty(server.Log.All);
    }
}
