using MessagePack;

namespace QContinuum.Generator.Tests.Execution;

/// <summary>Length, unit, tag, and an id with a flag for replies and one for faults: <c>LLLL UU TTTT KK</c>.</summary>
[Header(ByteOrder.BigEndian)]
internal readonly partial record struct OfficeHeader(
    [Length] ushort Length,
    [Copied] byte Unit,
    [Correlation] ushort Tag,
    [MessageId(Mask = 0x3F), ReplyFlag(Mask = 0x80), Fault(Mask = 0x40)] byte Kind);

[Message<OfficeHeader>(1)] internal readonly partial record struct AskValue(byte How);
[Message<OfficeHeader>(1, IsReply = true)] internal readonly partial record struct Value(ushort Content);
[Message<OfficeHeader>(2)] internal readonly partial record struct AskView(byte Length);
[Message<OfficeHeader>(2, IsReply = true)] internal readonly ref partial struct View { [Tail] public readonly ReadOnlySpan<byte> Data; }
[Message<OfficeHeader>(3)] internal readonly partial record struct AskSoon(byte How);
[Message<OfficeHeader>(4)] internal readonly partial record struct AskLater(byte How);
[Message<OfficeHeader>(5)] internal readonly partial record struct AskText(byte How);
[Message<OfficeHeader>(5, IsReply = true), MessagePackObject] public sealed partial class Text { [Key(0)] public string Words { get; init; } = ""; }
[Message<OfficeHeader>(6)] internal readonly partial record struct AskInVain(byte How);
[Message<OfficeHeader>(IsFault = true)] internal readonly partial record struct Refusal(byte Why);

/// <summary>Answers in every way that there is.</summary>
[Processor<OfficeHeader>]
internal sealed partial class Office
{
    private static readonly byte[] s_data = [.. Enumerable.Range(0, 256).Select(static number => (byte)number)];

    [Handles] private Value On(Peer peer, in AskValue ask) => new((ushort)(ask.How * 2));

    [Handles] private static View On(Peer peer, AskView ask) => new(s_data.AsSpan(0, ask.Length));

    [Handles] private ValueTask<Value> On(Peer peer, in AskSoon ask) => new(new Value(ask.How));

    [Handles]
    private async ValueTask<Value> On(Peer peer, OfficeHeader header, AskLater ask)
    {
        await Task.Delay(1);
        return new Value((ushort)(header.Tag + ask.How));
    }

    [Handles]
    private async Task<Text> On(Peer peer, AskText ask)
    {
        await Task.Yield();
        return new Text { Words = "Hi" };
    }

    [Handles] private Refusal On(Peer peer, AskInVain ask) => new(ask.How);
}

/// <summary>What comes in, in an order of its own and with a field that goes back.</summary>
[Header(ByteOrder.BigEndian)]
internal readonly partial record struct CallHeader([MessageId] byte Code, [Correlation] byte Tag, byte Route, short Session, [Length] byte Length);

/// <summary>What goes out.</summary>
[Header(ByteOrder.LittleEndian)]
internal readonly partial record struct ResultHeader([Length] ushort Length, [Copied] short Session, [Copied] ushort Route, [Correlation] uint Tag, byte Status, [MessageId] byte Code);

[Message<CallHeader>(7)] internal readonly partial record struct Call(byte Argument);
[Message<ResultHeader>(8)] internal readonly partial record struct Result(byte Outcome);
[Message<CallHeader>(9)] internal readonly partial record struct LaterCall(byte Argument);

[Processor<CallHeader, ResultHeader>]
internal sealed partial class Exchange
{
    [Handles] private Result On(Peer peer, in Call call) => new(call.Argument);

    [Handles]
    private async Task<Result> On(Peer peer, LaterCall call)
    {
        await Task.Yield();
        return new Result(call.Argument);
    }
}

public sealed class A_handler_answers_by_what_it_returns
{
    [Theory]
    [InlineData("0001 09 1234 01 15", "0002 09 1234 81 002A")]
    [InlineData("0001 09 1234 02 03", "0003 09 1234 82 000102")]
    [InlineData("0001 09 1234 02 00", "0000 09 1234 82")]
    [InlineData("0001 09 1234 03 15", "0002 09 1234 81 0015")]
    [InlineData("0001 09 0100 04 15", "0002 09 0100 81 0115")]
    [InlineData("0001 09 1234 05 15", "0004 09 1234 85 91A24869")]
    [InlineData("0001 09 1234 06 15", "0001 09 1234 C6 15")]
    [InlineData("0001 09 0100 04 15  0001 0A 0101 01 15", "0002 09 0100 81 0115  0002 0A 0101 81 002A")]
    public async Task With_the_header_of_the_request(string request, string reply)
    {
        await using Line line = await Line.OpenAsync(new Office());
        await line.AskAsync(request, reply);
    }

    /// <summary>The correlation goes over, and so does a copied field of the same name and type; one of another type does not.</summary>
    [Theory]
    [InlineData("07 05 06 FFFE 01 2A", "0100 FEFF 0000 05000000 00 08 2A")]
    [InlineData("09 FF 06 0102 01 2A", "0100 0201 0000 FF000000 00 08 2A")]
    public async Task With_a_header_of_its_own_direction(string request, string reply)
    {
        await using Line line = await Line.OpenAsync(new Exchange());
        await line.AskAsync(request, reply);
    }
}
