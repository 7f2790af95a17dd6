using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Limits;

[Header(ByteOrder.BigEndian, MaxFrame = 100)]
internal readonly partial record struct LimitedHeader([Constant(0xAB)] byte Magic, [Length(CountsFrom = 0)] uint Length, [MessageId] byte Id);

[Message<LimitedHeader>(1, MaxSize = 10)]
internal readonly ref partial struct Short
{
    [Tail]
    public readonly ReadOnlySpan<byte> Data;
}

[Message<LimitedHeader>(2)]
internal readonly partial record struct Exact(int Number);

/// <summary>Newer versions may be longer, but this side takes none of them yet.</summary>
[Message<LimitedHeader>(3, MaxSize = 4, Extensible = true)]
internal readonly partial record struct Frozen(int Number);

[Processor<LimitedHeader>(Unknown = UnknownMessages.Skip)]
internal sealed partial class Limited
{
    [Handles]
    private static void On(Peer peer, Short message) => peer.Send(message);

    [Handles]
    private static void On(Peer peer, in Exact message) => peer.Send(message);

    [Handles]
    private static void On(Peer peer, in Frozen message) => peer.Send(message);
}

public sealed class A_claim_is_refused_from_the_header_alone
{
    /// <summary>Only the six bytes of the header are sent: whoever waited for the body would wait for ever.</summary>
    [Theory]
    [InlineData("AB 00000065 09", "TooLong")] // 101 bytes, of a protocol that has 100
    [InlineData("AB FFFFFFFF 09", "TooLong")]
    [InlineData("AB 00000011 01", "TooLong")] // 11 bytes of a body that has 10
    [InlineData("AB 0000000B 02", "BadBody")] // 5 bytes of a body that has 4
    [InlineData("AB 0000000B 03", "TooLong")] // the same, of one that may grow
    [InlineData("AB 00000005 09", "BadHeader")] // less than the header itself
    [InlineData("AC 00000006 09", "BadHeader")]
    public async Task And_closes_its_peer(string header, string reason)
    {
        await using TestServer server = await TestServer.StartAsync(new Limited());
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Convert.FromHexString(header.Replace(" ", "", StringComparison.Ordinal)));
        Assert.Empty(await client.EndedAsync());
        Assert.Contains($"closed, {reason}", await server.Log.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Or_from_the_whole_frame()
    {
        await using TestServer server = await TestServer.StartAsync(new Limited());
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Convert.FromHexString("AB0000000B" + "03" + "0102030405"));
        Assert.Empty(await client.EndedAsync());
        Assert.Contains("closed, TooLong", await server.Log.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task And_what_is_within_the_limits_is_handled_or_skipped()
    {
        await using TestServer server = await TestServer.StartAsync(new Limited());
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Convert.FromHexString("AB00000007" + "0955"));
        await client.ExpectEchoAsync(Convert.FromHexString("AB0000000A" + "02" + "01020304"));
        await client.ExpectEchoAsync(Convert.FromHexString("AB0000000A" + "03" + "01020304"));
        await client.ExpectEchoAsync([.. Convert.FromHexString("AB00000010" + "01"), .. new byte[10]]);
    }
}
