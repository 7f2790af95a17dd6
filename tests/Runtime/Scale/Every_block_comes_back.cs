using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Scale;

public sealed class Every_block_comes_back
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>However peers end: in order, in mid-message, with a full queue, by a reset; and whoever sent to them.</summary>
    [Theory, EachLine]
    public async Task Once_everything_is_closed(Transport transport, Threading threading)
    {
        var script = new Script();
        Processor processor = script.Run(threading);
        var options = new PeerServerOptions { Loops = 2, Peers = new PeerOptions { SendLimit = 512 * 1024 } };
        TestServer server = await TestServer.StartAsync(transport, processor, options);

        byte[] stream = Frames.Join(Enumerable.Range(0, 300).Select(i => (i % 3) switch
        {
            0 => Frames.Raw(Frames.Pattern(i * 100, i)),
            1 => Frames.Chat($"{i}"),
            _ => Frames.Ask(i),
        }));
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            using RawClient client = await server.ConnectAsync();
            Task sending = client.SendAsync(stream);
            if (i % 4 == 0)
            {
                await client.ReceiveAsync(1000);
                client.Reset();
                await Assert.ThrowsAnyAsync<Exception>(() => Task.WhenAll(sending, client.ReceiveAsync(1)));
                return;
            }

            Assert.Equal(stream, await client.ReceiveAsync(stream.Length));
            await sending;
            await client.SendAsync(i % 4 == 1 ? Frames.Header(1000, 5) : Frames.Header(-1, 5));
        })).Guarded();
        await script.Closings.NextAsync(40);

        // The pool of a foreign thread is its own: only that thread can say what is missing from it.
        long missing = 0;
        await script.Peers.NextAsync(40);
        using RawClient deaf = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer peer = await script.Peers.NextAsync();
        var sender = new Thread(() =>
        {
            byte[] data = Frames.Pattern(5000, seed: 1);
            while (peer.Send(new Raw(data)) is SendResult.Sent or SendResult.Congested)
            {
            }

            SpinWait.SpinUntil(() => BlockPool.OfThread.Outstanding == 0, Patience);
            missing = BlockPool.OfThread.Outstanding;
        });
        sender.Start();
        Assert.Equal(CloseReason.Overflow, await peer.Completion.Guarded());
        await Task.Run(sender.Join).Guarded();
        await server.DisposeAsync();

        Assert.Equal(0, missing);
        Assert.Equal(0, server.Server.OutstandingBlocks);
        if (processor.Pump is { } pump)
        {
            // Its thread ends by itself, soon after the server has stopped.
            SpinWait.SpinUntil(() => pump.OutstandingBlocks == 0, Patience);
            Assert.Equal(0, pump.OutstandingBlocks);
        }
    }
}
