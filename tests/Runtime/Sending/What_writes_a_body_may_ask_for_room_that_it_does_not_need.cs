using MessagePack;
using MessagePack.Formatters;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Sending;

/// <summary>A number, behind which room is asked for that is not used.</summary>
public sealed class GreedyFormatter : IMessagePackFormatter<int>
{
    public void Serialize(ref MessagePackWriter writer, int value, MessagePackSerializerOptions options)
    {
        writer.Write(value);
        writer.GetSpan(100_000);
        writer.Advance(0);
    }

    public int Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => reader.ReadInt32();
}

[Message(71), MessagePackObject]
public sealed partial class Greedy
{
    [Key(0), MessagePackFormatter(typeof(GreedyFormatter))]
    public int Number { get; init; }
}

public sealed class What_writes_a_body_may_ask_for_room_that_it_does_not_need
{
    private static readonly byte[] Expected = Frames.Of(71, 0x91, 5);

    [Theory, EachLine]
    public async Task On_its_lane(Transport transport, Threading threading)
    {
        Script script = new() { OnMove = static (peer, _) => peer.Send(new Greedy { Number = 5 }) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();

        await client.SendAsync(Frames.Move(1, 2, 3));

        await ExpectAsync(client, peer);
    }

    [Theory, EachLine]
    public async Task On_another_thread(Transport transport, Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();

        await OwnThread.RunAsync(() => peer.Send(new Greedy { Number = 5 }));

        await ExpectAsync(client, peer);
    }

    /// <summary>It comes, the loop rests afterwards, and the end is in order.</summary>
    private static async Task ExpectAsync(RawClient client, Peer peer)
    {
        Assert.Equal(Expected, await client.ReceiveAsync(Expected.Length));
        Idleness.Expect(await Idleness.LoopOfAsync(peer));
        peer.Close();
        Assert.Empty(await client.ReceiveToEndAsync());
        Assert.Equal(CloseReason.Local, await peer.Completion.Guarded());
    }
}
