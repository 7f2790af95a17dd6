namespace QContinuum.Generator.Tests.Execution;

[Message<OfficeHeader>(10)] internal readonly partial record struct Short(byte X);
[Message<OfficeHeader>(10, IsReply = true, MaxSize = 4)] internal readonly ref partial struct Long { [Tail] public readonly ReadOnlySpan<byte> Data; }
[Message<OfficeHeader>(10, IsFault = true)] internal readonly partial record struct Broken(int Why);
[Message<OfficeHeader>(11)] internal readonly ref partial struct Kept { [Tail] public readonly ReadOnlySpan<byte> Data; }

/// <summary>Says which of its handlers ran: every answer is <c>Value</c>.</summary>
[Processor<OfficeHeader>(Threading.Inline)]
internal sealed partial class Roles
{
    [Handles] private static void On(Peer peer, Short message) => peer.Send(new Value(1));
    [Handles] private static void On(Peer peer, Long message) => peer.Send(new Value((ushort)(0x200 + message.Data.Length)));
    [Handles] private static void On(Peer peer, Broken message) => peer.Send(new Value(3));
    [Handles] private static void On(Peer peer, in OfficeHeader header, Refusal message) => peer.Send(new Value((ushort)(0x400 + header.Kind)));

    [Handles]
    private static async ValueTask On(Peer peer, Owned<Kept> message)
    {
        using (message)
        {
            await Task.Delay(1);
            peer.Send(new Value((ushort)(0x500 + message.Value.Data[^1])));
        }
    }

    [Unhandled] private static void Other(Peer peer, in OfficeHeader header, ReadOnlySpan<byte> body) => peer.Send(new Value((ushort)(0x600 + body.Length)));
}

/// <summary>The same without a handler for what is unknown.</summary>
[Processor<OfficeHeader>(Threading.Inline, Unknown = UnknownMessages.Skip)]
internal sealed partial class Skipping
{
    [Handles] private static void On(Peer peer, Short message) => peer.Send(new Value(message.X));
}

/// <summary>Tells replies by a flag, and faults only by their id.</summary>
[Header(ByteOrder.BigEndian)]
internal readonly partial record struct FlagHeader([Length] byte Length, [MessageId(Mask = 0x7F), ReplyFlag(Mask = 0x80)] byte Kind);

[Message<FlagHeader>(1)] internal readonly partial record struct FlagCall(byte X);
[Message<FlagHeader>(1, IsFault = true)] internal readonly partial record struct FlagFault(byte X);

[Processor<FlagHeader>(Threading.Inline)]
internal sealed partial class Flags
{
    [Handles] private static void On(Peer peer, FlagCall message) => peer.Send(new FlagCall((byte)(message.X + 1)));
    [Handles] private static void On(Peer peer, FlagFault message) => peer.Send(new FlagFault((byte)(message.X + 2)));
}

public sealed class A_role_leads_to_its_own_handler
{
    [Theory]
    [InlineData("0001 00 0000 0A 00", "0001")]
    [InlineData("0000 00 0000 8A", "0200")]
    [InlineData("0004 00 0000 8A 00000000", "0204")]
    [InlineData("0004 00 0000 CA 00000000", "0003")]
    [InlineData("0001 00 0000 C1 00", "04C1")]
    [InlineData("0001 00 0000 CB 00", "04CB")]
    [InlineData("0003 00 0000 0B 000007", "0507")]
    [InlineData("0002 00 0000 09 0000", "0602")]
    [InlineData("0002 00 0000 8B 0000", "0602")] // A reply to what has no reply.
    [InlineData("0001 00 0000 4A 00", "0001")] // A fault flag without a reply flag says nothing.
    public async Task Of_one_id(string sent, string answer)
    {
        await using Line line = await Line.OpenAsync(new Roles());
        await line.AskAsync(sent, $"0002 00 0000 81 {answer}");
    }

    [Theory]
    [InlineData("01 02", "01 03")]
    [InlineData("81 02", "81 04")]
    public async Task Where_faults_are_replies_like_others(string sent, string answer)
    {
        await using Line line = await Line.OpenAsync(new Flags());
        await line.AskAsync($"01 {sent}", $"01 {answer}");
    }

    [Fact]
    public async Task Or_to_none_and_what_follows_is_handled()
    {
        await using Line line = await Line.OpenAsync(new Skipping());
        await line.AskAsync("0001 00 0000 8A 00  0001 00 0000 CA 00  0002 00 0000 33 0000  0001 00 0000 0A 2A", "0002 00 0000 81 002A");
    }

    /// <summary>Only headers are sent: each role has its own limit, and what is longer is refused before a byte of it is there.</summary>
    [Theory]
    [InlineData("0002 00 0000 0A", "BadBody")]
    [InlineData("0005 00 0000 8A", "TooLong")]
    public async Task And_to_its_own_limit(string header, string reason)
    {
        await using Line line = await Line.OpenAsync(new Roles());
        await line.SendAsync(header);
        Assert.Contains(reason, await line.ClosedAsync(), StringComparison.Ordinal);
    }
}
