using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

public sealed class A_handler_gets_its_reply_however_much_comes
{
    /// <summary>
    /// Each of its handlers asks the peer, which has always sent some more messages already. What was handled does not wait: the peer is read for the reply.
    /// </summary>
    [Theory, EachLine]
    public async Task Before_it(Transport transport, Threading threading)
    {
        const int Events = 300, Ahead = 10;
        Journal<byte> answered = new();
        PeerOptions options = new() { HighWatermark = 4096, LowWatermark = 1024 };
        await using Line line = await Line.OpenAsync(transport, threading, options, async (peer, number) =>
        {
            await peer.RequestAsync(new Ask(number));
            answered.Add(number);
        });
        await line.Device.SendAsync(Frames.Join(Enumerable.Range(0, Ahead).Select(static number => Line.Occur((byte)number))));
        for (int i = 0; i < Events; i++)
        {
            byte[] ask = await line.Device.ReceiveAsync(5);
            await line.Device.SendAsync(Frames.Join(Line.Occur((byte)(i + Ahead)), Line.Reply(ask[2], ask[4])));
            Assert.Equal((byte)i, await answered.NextAsync());
        }

        Assert.Equal(CloseReason.None, line.Peer.Reason);
    }
}
