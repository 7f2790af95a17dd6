using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Requests;

/// <summary>A header of one byte for correlations has 255 of them: where there were more, a request would wait for a reply that says another's.</summary>
public sealed class A_table_of_requests_fits_the_header
{
    /// <summary>A thread makes its first request while the peer goes to a processor of another header: it has looked how many there are, and goes on afterwards.</summary>
    [Theory, InlineData(1), InlineData(2)]
    public async Task Also_one_that_is_made_during_a_redirect(int look)
    {
        using ManualResetEventSlim stopped = new();
        using ManualResetEventSlim go = new();
        Thread? asking = null;
        int looks = 0;
        WideSender first = new(QContinuum.Protocol.Framing.CodecOf<WideHeader>(), () =>
        {
            if (Thread.CurrentThread == asking && ++looks == look)
            {
                stopped.Set();
                go.Wait();
            }
        });
        await using TestServer server = await TestServer.StartAsync(first);
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient device = await server.ConnectAsync();
        Peer peer = await accepting.Guarded();
        Exception? thrown = null;
        asking = new Thread(() => thrown = Record.Exception(() =>
        {
            _ = peer.RequestAsync(new WideAsk(1)).AsTask();
        }));
        asking.Start();
        Assert.True(stopped.Wait(Guard.Patience));
        InlineAsker next = new() { OnEvent = static (_, _) => default };
        Assert.True(peer.Redirect(next));
        await Guard.UntilAsync(() => peer.Processor == next);
        go.Set();
        asking.Join();
        Assert.NotNull(thrown);

        for (int i = 0; i < 300; i++)
        {
            Task<Value> asked = peer.RequestAsync(new Ask(7)).AsTask();
            byte[] frame = await device.ReceiveAsync(5);
            await device.SendAsync(Line.Reply(frame[2], (ushort)i));
            Assert.Equal(new Value((ushort)i), await asked.Guarded());
        }
    }
}
