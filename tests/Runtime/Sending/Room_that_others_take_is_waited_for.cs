using QContinuum.Runtime.Tests.Requests;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Sending;

/// <summary>Frames are passed on that take all the room there is, while somebody sends short messages in between: none is refused for that, and nobody is closed.</summary>
public sealed class Room_that_others_take_is_waited_for
{
    private const int Limit = 16 * 1024;
    private const int Count = 4000;

    private static readonly PeerServerOptions Narrow = new()
    {
        Loops = 1,
        Peers = new PeerOptions
        {
            HighWatermark = Limit / 2,
            LowWatermark = 0,
            SendLimit = Limit,
            WhenFull = OverflowPolicy.Refuse,
            FirstMessageTimeout = Timeout.InfiniteTimeSpan,
        },
    };

    [Theory, EachTransport]
    public async Task By_who_is_passed_on(Transport transport)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(Threading.Inline), Narrow);
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();
        Task reading = client.EndedAsync();
        bool isOver = false;
        Task sending = OwnThread.RunAsync(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                for (int i = 0; i < 50; i++)
                {
                    peer.SendFramed(Frames.Raw(1));
                }

                peer.WaitForRoomAsync().AsTask().Wait(Guard.Patience);
            }

            return true;
        });

        List<SendResult> results = [];
        for (int i = 0; i < Count; i++)
        {
            results.Add(await peer.ForwardAsync(new MessageHeader(0, 5), new byte[Limit - Frames.HeaderSize]).Guarded());
        }

        Volatile.Write(ref isOver, true);
        await sending.Guarded();
        Assert.All(results, static result => Assert.Equal(SendResult.Sent, result));
        peer.Close();
        await reading.Guarded();
    }

    /// <summary>Who would wait for what cannot be sent is told so at once.</summary>
    [Theory, EachLine]
    public async Task But_not_for_a_body_that_no_header_frames(Transport transport, Threading threading)
    {
        await using Requests.Line line = await Requests.Line.OpenAsync(transport, threading);
        while (line.Peer.SendFramed(new byte[512 * 1024]) == SendResult.Sent)
        {
        }

        Assert.Throws<ArgumentException>(Forward);

        void Forward() => line.Peer.ForwardAsync(new DeviceHeader(0, 2, 0, 0), new byte[256]).AsTask().Wait(Guard.Patience);
    }
}
