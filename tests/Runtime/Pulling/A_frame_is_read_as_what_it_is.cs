using QContinuum.Runtime.Tests.Replies;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Pulling;

/// <summary>It tells replies, and no faults from other replies.</summary>
[Header(ByteOrder.LittleEndian)]
public readonly partial record struct AnswerHeader([Length] ushort Length, [MessageId(Mask = 0x7F), ReplyFlag(Mask = 0x80)] byte Kind);

[Message<AnswerHeader>(3)]
public readonly partial record struct Question(byte Number);

[Message<AnswerHeader>(4, IsFault = true)]
public readonly partial record struct Failure(byte Code);

[Message<AnswerHeader>(5, MaxSize = 2)]
public readonly ref partial struct Remark
{
    [Tail] public readonly ReadOnlySpan<byte> Text;
}

/// <summary>A request, its reply and its fault may have one id.</summary>
public sealed class A_frame_is_read_as_what_it_is
{
    private const byte Reply = 0x80;

    [Theory, EachTransport]
    public async Task Where_the_header_tells_all(Transport transport)
    {
        List<string> read = await ReadAsync<FlagHeader>(
            transport,
            Frames.Join(FlagFrames.Of(1, 0, 0, 0, 5), FlagFrames.Of(1 | Reply, 0, 0, 0, 6), FlagFrames.Of(1 | FlagFrames.Fault, 0, 0, 0, 7)),
            static frame => frame.TryRead(out GetLevel get) ? $"{get}" : "",
            static frame => frame.TryRead(out Level level) ? $"{level}" : "",
            static frame => frame.TryRead(out Fault fault) ? $"{fault}" : "");

        Assert.Equal([$"{new GetLevel(5)}", $"{new Level(6)}", $"{new Fault(7)}"], read);
    }

    [Theory, EachTransport]
    public async Task Where_it_tells_no_faults(Transport transport)
    {
        List<string> read = await ReadAsync<AnswerHeader>(
            transport,
            [1, 0, 3, 5, 1, 0, 4 | Reply, 6, 1, 0, 4, 7],
            static frame => frame.TryRead(out Question question) ? $"{question}" : "",
            static frame => frame.TryRead(out Failure failure) ? $"{failure}" : "");

        Assert.Equal([$"{new Question(5)}", $"{new Failure(6)}", ""], read);
    }

    [Theory, EachTransport]
    public async Task And_no_longer_than_it_may_be(Transport transport)
    {
        List<string> read = await ReadAsync<AnswerHeader>(
            transport,
            [2, 0, 5, 1, 2, 3, 0, 5, 1, 2, 3],
            static frame => frame.TryRead(out Remark remark) ? $"{remark.Text.Length}" : $"none of {frame.BodyLength}");

        Assert.Equal(["2", "none of 3"], read);
    }

    private static async Task<List<string>> ReadAsync<THeader>(Transport transport, byte[] frames, params Func<ReceivedFrame, string>[] ways)
        where THeader : struct, IHeader<THeader>
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<THeader>());
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        await client.SendAsync(frames);
        client.FinishSending();
        List<string> read = [];
        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            read.Add(string.Concat(ways.Select(way => way(frame))));
        }

        client.Dispose();
        return read;
    }
}
