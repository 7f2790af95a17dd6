namespace QContinuum.Generator.Tests.Declarations;

public sealed class Wrong_requests_show_only_our_rules
{
    private const string Headers = """
        [Header(ByteOrder.LittleEndian)] public readonly partial record struct H([Length] ushort Length, [Correlation] ushort Tag, [MessageId] byte Kind);
        [Header(ByteOrder.LittleEndian)] public readonly partial record struct Plain([Length] ushort Length, [MessageId] byte Kind);


        """;

    [Theory]
    [InlineData("public struct W;", "it is no message; give it [Message]")]
    [InlineData("[Message<H>(2)] public partial record struct W(int X);", "declare it with IsReply = true")]
    [InlineData("[Message<H>(2, IsFault = true)] public partial record struct W(int X);", "a fault is the reply to what failed; name the one to what succeeded")]
    [InlineData("[Message<Plain>(2, IsReply = true)] public partial record struct W(int X);", "its own header has no [Correlation] by which it could find its request")]
    public void Another_reply(string reply, string problem) => Wrong.Check(Headers + reply + """
        [Message<H>(1, Reply = typeof(W))] public partial record struct M(int X);
        """, [$"QCT0068(M, W, {problem})"]);

    [Theory]
    [InlineData("int")]
    [InlineData("int[]")]
    [InlineData("System.Collections.Generic.List<M>")]
    public void A_reply_that_is_no_message(string reply) => Wrong.Check(Headers + $$"""
        [Message<H>(1, Reply = typeof({{reply}}))] public partial record struct M(int X);
        """, [$"QCT0068(M, {reply.Replace("System.Collections.Generic.", "", StringComparison.Ordinal)}, it is no message; give it [Message])"]);

    [Fact]
    public void A_header_without_correlation() => Wrong.Check(Headers + """
        [Message<Plain>(1, Reply = typeof(W))] public partial record struct M(int X);
        [Message<Plain>(2, IsReply = true)] public partial record struct W(int X);
        """, ["QCT0068(M, W, its header has no [Correlation] by which a reply could find its request)"]);

    [Fact]
    public void A_reply_that_does_not_exist() => Wrong.Check(Headers + """
        [Message<H>(1, Reply = typeof(Missing))] public partial record struct M(int X);
        """, [], "CS0246");

    /// <summary>What is wrong with the reply is said at the reply, and nowhere else.</summary>
    [Theory]
    [InlineData("[Message<H>(2, IsReply = true)] public partial class W;", "QCT0030(W)")]
    [InlineData("[Message<H>(2, IsReply = true)] public partial record struct W(string X);", "QCT0005(X, W, string)")]
    [InlineData("[Message<H>(999, IsReply = true)] public partial record struct W(int X);", "QCT0003(999, W, H, ids from 0 to 255)")]
    [InlineData("[Message<H>(2, IsReply = true)] public record struct W(int X);", "QCT0001(W)")]
    [InlineData("[Message<H>(2, IsReply = true)] file partial record struct W(int X);", "QCT0033(W)")]
    public void A_reply_that_breaks_a_rule_of_its_own(string reply, string violation) => Wrong.Check(Headers + """
        [Message<H>(1, Reply = typeof(W))] public partial record struct M(int X);

        """ + reply, [violation]);

    [Fact]
    public void A_reply_of_a_header_that_breaks_a_rule() => Wrong.Check(Headers + """
        [Message<H>(1, Reply = typeof(W))] public partial record struct M(int X);
        [Header(ByteOrder.LittleEndian)] public readonly record struct G([Length] ushort Length, [Correlation] ushort Tag, [MessageId] byte Kind);
        [Message<G>(2, IsReply = true)] public partial record struct W(int X);
        """, ["QCT0001(G)"]);

    /// <summary>A call compiles as long as there is a reply that it could complete with.</summary>
    [Fact]
    public void A_request_that_breaks_a_rule() => Wrong.Check(Headers + """
        [Message<H>(1, Reply = typeof(W))] public partial record struct M(string X);
        [Message<H>(2, IsReply = true)] public partial record struct W(int X);
        internal static class Use { public static ValueTask<W> Ask(Peer peer) => peer.RequestAsync(new M("")); }
        """, ["QCT0005(X, M, string)"]);
}
