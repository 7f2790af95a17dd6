using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Declarations;

/// <summary>Right declarations of requests that a careless generator stumbles over, each with the call that a user would write.</summary>
public sealed class Unusual_requests_compile
{
    [Theory]
    [InlineData("public partial class O { [Message<H>(1, Reply = typeof(V))] public partial record struct M(int X); }", "new O.M(1)")]
    [InlineData("public partial class O { public partial interface P { [Message<H>(1, Reply = typeof(V))] public partial record struct M(int X); } }", "new O.P.M(1)")]
    [InlineData("public partial class O { protected internal partial class P { [Message<H>(1, Reply = typeof(V))] public partial record struct M(int X); } }", "new O.P.M(1)")]
    [InlineData("[Message<H>(1, Reply = typeof(V))] internal partial record struct M(int X);", "new M(1)")]
    [InlineData("[Message<H>(1, Reply = typeof(V))] public partial record struct @record(int X);", "new @record(1)")]
    [InlineData("[Message<H>(1, Reply = typeof(V))] public partial record struct M(int X); public static class MRequests; public static class MRequests_;", "new M(1)")]
    [InlineData("[Message<H>(1, Reply = typeof(V))] public partial record struct M(int X); namespace MRequests { public class X; }", "new M(1)")]
    [InlineData("[Message<H>(1, Reply = typeof(V))] public partial record struct Peer(int X);", "new Peer(1)")]
    [InlineData("[Message<H>(1, Reply = typeof(V))] public partial record struct CancellationToken(int X);", "new CancellationToken(1)")]
    [InlineData("[Obsolete] [Message<H>(1, Reply = typeof(V))] public partial record struct M(int X);", "new H(2), new M(1)", "CS0612")]
    [InlineData("[Message<H>(1, Reply = typeof(V))] public readonly ref partial struct M { [Tail] public readonly ReadOnlySpan<byte> Data; }", "new M([1, 2])")]
    [InlineData("[Message<H>(1, Reply = typeof(V)), MessagePackObject] public partial class M { [Key(0)] public string? Text; }", "new M()")]
    [InlineData("[Message<H>(1, Reply = typeof(V)), MessagePackObject] public partial class M { [Key(0)] public string? Text; }", "new H(), new M()")]
    [InlineData("[Message<H>(1, Reply = typeof(W))] public partial record struct M(int X); [Message<H>(9, IsReply = true, Reply = typeof(V))] public partial record struct W(int X);", "new M(1)")]
    [InlineData("[Message<H>(1, Reply = typeof(W))] public partial record struct M(int X); [Message<G>(9, IsReply = true)] public partial record struct W(int X);", "new M(1)")]
    [InlineData("[Message<H>(1, Reply = typeof(W), Fault = typeof(F))] public partial record struct M(int X); [Message<H>(9, IsReply = true)] public partial record struct W(int X); [Message<H>(8, IsFault = true)] public partial record struct F(int X);", "new M(1)")]
    public void Wherever_they_are_declared(string messages, string arguments, params string[] ownWarnings)
    {
        Generated generated = Generate(messages, $$"""
            #pragma warning disable CS1591
            internal static class Use
            {
                public static async Task<object> Ask(global::QContinuum.Peer peer, global::System.Threading.CancellationToken token)
                    => await peer.RequestAsync({{arguments}}, token) is var one && one.Equals(await peer.RequestAsync({{arguments}}));
            }
            """);

        Assert.Empty(generated.DiagnosticsInGeneratedFiles);
        Assert.Equal(ownWarnings, generated.Diagnostics.Select(static diagnostic => diagnostic.Id).Distinct());
        Assert.Empty(Wrong.Violations(generated.Compilation));
    }

    [Theory]
    [InlineData("[Message<H>(1, Reply = typeof(W))] internal partial record struct M(int X); [Message<H>(9, IsReply = true), MessagePackObject] public partial class W { [Key(0)] public int Y; }", "W")]
    [InlineData("[Message<H>(1, Reply = typeof(W))] public partial record struct M(int X); [Message<H>(9, IsReply = true)] public partial record struct W(int Y);", "W")]
    [InlineData("[Message<H>(1, Reply = typeof(W))] public partial record struct M(int X); [Message<H>(9, IsReply = true)] public ref partial struct W { public int Y; }", "Owned<W>")]
    [InlineData("[Message<H>(1, Reply = typeof(W))] public partial record struct M(int X); [Message<H>(9, IsReply = true)] internal ref partial struct W { public int Y; [Tail] public ReadOnlySpan<byte> Data; }", "Owned<W>")]
    public void Whatever_answers_them(string messages, string result)
        => Generate(messages, $$"""
            internal static class Use
            {
                public static ValueTask<{{result}}> Ask(Peer peer) => peer.RequestAsync(new M(1));
                public static ValueTask<{{result}}> Ask(Peer peer, H header) => peer.RequestAsync(header, new M(1));
            }
            """).Clean();

    /// <summary>A method that names a header is no more visible than the header.</summary>
    [Theory]
    [InlineData("public", "public", "public", "public static class MRequests", 2)]
    [InlineData("internal", "public", "public", "public static class MRequests", 2)]
    [InlineData("internal", "public", "internal", "internal static class MRequests", 2)]
    [InlineData("internal", "internal", "internal", "internal static class MRequests", 2)]
    public void As_far_as_all_that_they_name_is_visible(string header, string message, string reply, string @class, int methods)
    {
        Generated generated = Generate($$"""
            [Header(ByteOrder.LittleEndian)] {{header}} readonly partial record struct Own([Length] ushort Length, [Correlation] ushort Tag, [MessageId] byte Kind, byte Unit);
            [Message<Own>(1, Reply = typeof(W))] {{message}} partial record struct M(int X);
            [Message<Own>(9, IsReply = true)] {{reply}} partial record struct W(int X);
            """, """
            internal static class Use
            {
                public static ValueTask<W> Ask(Peer peer) => peer.RequestAsync(new M(1));
                public static ValueTask<W> Ask(Peer peer, byte unit) => peer.RequestAsync(new Own(unit), new M(1));
            }
            """).Clean();

        string text = generated["M.Message.g.cs"];
        Assert.Contains(@class, text, StringComparison.Ordinal);
        Assert.Equal(methods, text.Split(" RequestAsync(").Length - 1);
    }

    /// <summary>A header that only the types around it can name.</summary>
    [Fact]
    public void With_a_header_that_is_private() => Generate("""
        public partial class O
        {
            [Header(ByteOrder.LittleEndian)] private readonly partial record struct Own([Length] ushort Length, [Correlation] ushort Tag, [MessageId] byte Kind);
            [Message<Own>(1, Reply = typeof(W))] internal partial record struct M(int X);
            [Message<Own>(9, IsReply = true)] internal partial record struct W(int X);
        }
        """, "internal static class Use { public static ValueTask<O.W> Ask(Peer peer) => peer.RequestAsync(new O.M(1)); }").Clean();

    /// <summary>Nobody else could call it.</summary>
    [Theory]
    [InlineData("public partial class O { [Message<H>(1, Reply = typeof(V))] private partial record struct M(int X); }")]
    [InlineData("public partial class O { [Message<H>(1, Reply = typeof(V))] protected partial record struct M(int X); }")]
    [InlineData("public partial class O { [Message<H>(1, Reply = typeof(W))] public partial record struct M(int X); [Message<H>(9, IsReply = true)] private protected partial record struct W(int X); }")]
    [InlineData("[Obsolete(\"\", true)] [Message<H>(1, Reply = typeof(V))] public partial record struct M(int X);")]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"EXP1\")] [Message<H>(1, Reply = typeof(V))] public partial record struct M(int X);")]
    [InlineData("#pragma warning disable EXP1\n[Message<H>(1, Reply = typeof(W))] public partial record struct M(int X); [System.Diagnostics.CodeAnalysis.Experimental(\"EXP1\")] [Message<H>(9, IsReply = true)] public partial record struct W(int X);")]
    public void Not_at_all_where_nobody_could_call_them(string messages)
    {
        Generated generated = Generate(messages, "").Clean();

        Assert.All(generated.HintNames, name => Assert.DoesNotContain("RequestAsync", generated[name], StringComparison.Ordinal));
    }

    [Fact]
    public void Each_in_a_class_of_its_own() => Generate("""
        [Message<H>(1, Reply = typeof(V))] public partial record struct A_B(int X);
        public partial class A
        {
            [Message<H>(2, Reply = typeof(V))] public partial record struct B(int X);
            [Message<H>(3, Reply = typeof(V))] public partial record struct B_C(int X);
        }
        public partial class A_B_ { [Message<H>(4, Reply = typeof(V))] public partial record struct C(int X); }
        """, """
        internal static class Use
        {
            public static ValueTask<V>[] Ask(Peer peer)
                => [peer.RequestAsync(new A_B(1)), peer.RequestAsync(new A.B(1)), peer.RequestAsync(new A.B_C(1)), peer.RequestAsync(new A_B_.C(1))];
        }
        """).Clean();

    [Fact]
    public void Between_assemblies()
    {
        Generated library = UserProject.Generate("""
            using QContinuum;
            namespace Library;
            [Header(ByteOrder.LittleEndian)] public readonly partial record struct H([Length] ushort Length, [Correlation] ushort Tag, [MessageId] byte Kind, byte Unit);
            [Message<H>(2, IsReply = true)] public partial record struct V(int Y);
            """).Clean();

        Generated user = UserProject.Generate(UserProject.Compile("""
            using System.Threading.Tasks;
            using QContinuum;
            using Library;
            [Message<H>(1, Reply = typeof(V))] public partial record struct M(int X);
            internal static class Use { public static ValueTask<V> Ask(Peer peer) => peer.RequestAsync(new H(unit: 2), new M(1)); }
            [Processor<H>] public partial class Lobby { [Handles] V On(Peer peer, M ask) => new(ask.X); }
            """).AddReferences(library.Image())).Clean();

        Assert.Contains("DispatchReplies", user["Lobby.Processor.g.cs"], StringComparison.Ordinal);
    }

    private static Generated Generate(string messages, string use)
    {
        Generated generated = UserProject.Generate("using System; using System.Threading.Tasks; using MessagePack; using QContinuum;\n" + messages, $$"""
            using System.Threading.Tasks;
            using QContinuum;
            [Header(ByteOrder.BigEndian)] public readonly partial record struct H([Length] ushort Length, [Correlation] ushort Tag, [MessageId] byte Kind, byte Unit);
            [Header(ByteOrder.LittleEndian)] public readonly partial record struct G([Length] ushort Length, [Correlation] ushort Tag, [MessageId] byte Kind);
            [Message<H>(2, IsReply = true)] public partial record struct V(int X);
            {{use}}
            """);
        Assert.Empty(generated.Reported);
        return generated;
    }
}
