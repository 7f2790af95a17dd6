using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Requests;

/// <summary>Protocols with signed correlations leave the negative ones to the other side.</summary>
[Header(ByteOrder.BigEndian)]
public readonly partial record struct StreamHeader([Length] ushort Length, [MessageId] byte Kind, [Correlation] sbyte Stream);

[Message<StreamHeader>(1, Reply = typeof(Result))]
public readonly partial record struct Query(byte Value);

[Message<StreamHeader>(2, IsReply = true)]
public readonly partial record struct Result(byte Value);

[Processor<StreamHeader>(Threading.Inline)]
public sealed partial class Streams
{
    public Journal<Peer> Peers { get; } = new();

    [Opened]
    private void Opened(Peer peer) => Peers.Add(peer);
}

public sealed class A_signed_correlation_is_never_negative
{
    [Fact]
    public async Task However_many_are_used()
    {
        var streams = new Streams();
        await using CallLine line = await CallLine.OpenAsync(streams, streams.Peers, headerSize: 4);
        for (int i = 0; i < 300; i++)
        {
            Task<Result> asked = line.Peer.RequestAsync(new Query(1)).AsTask();
            byte stream = (await line.ReceiveAsync())[3];
            Assert.InRange(stream, 1, 127);
            await line.SendAsync([0, 1, 2, stream, 9]);
            Assert.Equal(new Result(9), await asked.Guarded());
        }
    }
}
