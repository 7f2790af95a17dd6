using MessagePack;
using QContinuum.Buffers;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Groups;

public sealed class A_message_is_encoded_once_and_each_loop_woken_once
{
    private const int Loops = 2;
    private const int Members = 40;
    private const int MostAttempts = 1_000;

    [Theory, EachLine]
    public async Task However_many_members_there_are(Transport transport, Threading threading)
    {
        PollerWatch watch = new();
        Group group = new();
        Script script = new();
        Processor processor = script.Run(threading);
        await using PeerServer server = new(processor, new PeerServerOptions { Loops = Loops, Pollers = watch.Pollers });
        using Line line = Line.Listen(transport, server);
        await server.StartAsync();
        List<RawClient> clients = [];
        for (int i = 0; i < Members; i++)
        {
            clients.Add(await line.ConnectAsync(receiveBuffer: 0));
            await clients[i].ExpectEchoAsync(Frames.Raw(1));
            Assert.True(group.Add(await script.Peers.NextAsync()));
        }

        // A loop that has still something to do need not be woken: then once more.
        for (int attempt = 0; ; attempt++)
        {
            Assert.True(attempt < MostAttempts, "the loops are never asleep together");
            await Guard.UntilAsync(() => watch.Asleep == Loops);
            long[] waiting = Send(group, watch);
            Assert.InRange(waiting.Length, 0, Loops);
            if (waiting.Length == Loops && waiting[0] == Members + 1)
            {
                break;
            }
        }

        clients.ForEach(static client => client.Dispose());
    }

    /// <returns>For each wake, the blocks that waited by then: the one with the message, and a view of it for each member.</returns>
    private static long[] Send(Group group, PollerWatch watch)
    {
        List<long> waiting = [];
        OwnThread.Run(() =>
        {
            int self = Environment.CurrentManagedThreadId;
            watch.OnWake = () =>
            {
                if (Environment.CurrentManagedThreadId == self)
                {
                    waiting.Add(BlockPool.OfThread.Outstanding);
                }
            };
            Counted message = new();
            Assert.Equal(Members, group.Send(message));
            watch.OnWake = null;
            Assert.Equal(1, message.Encodings);
        });
        return [.. waiting];
    }
}

/// <summary>A message that counts how often it is encoded.</summary>
[Message(90), MessagePackObject]
public sealed partial class Counted
{
    private int _encodings;

    [IgnoreMember]
    public int Encodings => _encodings;

    [Key(0)]
    public string Text
    {
        get
        {
            _encodings++;
            return "once";
        }
    }
}
