using System.Buffers;
using System.Buffers.Binary;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Groups;

public sealed class A_message_is_encoded_once_for_all_members
{
    [Theory, EachThreading]
    public async Task However_many_there_are(Threading threading)
    {
        const int Members = 20;
        Group group = new();
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(script.Run(threading));
        List<RawClient> clients = [];
        for (int i = 0; i < Members; i++)
        {
            clients.Add(await server.ConnectAsync());
            group.Add(await script.Peers.NextAsync());
        }

        Counter counter = new();
        Assert.Equal(Members, group.Send(new Counted(counter)));
        Assert.Equal(1, counter.Encoded);

        foreach (RawClient client in clients)
        {
            Assert.Equal([0, 0, 0, 0, 77, 0, 0, 0], await client.ReceiveAsync(MessageHeader.Size));
            client.Dispose();
        }
    }

    private sealed class Counter
    {
        public int Encoded { get; set; }
    }

    /// <summary>What the generator would write for an empty body, but that it counts.</summary>
    private readonly record struct Counted(Counter Counter) : IMessage<Counted>
    {
        public static HeaderCodec Header => MessageHeader.Codec;

        public static long Id => 77;

        public static MessageRole Role => MessageRole.None;

        public static int SizeOf(scoped in Counted message) => MessageHeader.Size;

        public static void WriteFrame(scoped in Counted message, scoped Span<byte> frame, ulong correlation)
        {
            message.Counter.Encoded++;
            BinaryPrimitives.WriteInt32LittleEndian(frame, 0);
            BinaryPrimitives.WriteInt32LittleEndian(frame[4..], (int)Id);
        }

        public static void WriteBody(scoped in Counted message, IBufferWriter<byte> destination) => throw new NotSupportedException();

        public static bool TryRead(ReadOnlyMemory<byte> body, out Counted message) => throw new NotSupportedException();

        public static bool TryReadFrame(ReadOnlyMemory<byte> frame, out Counted message) => throw new NotSupportedException();
    }
}
