using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Declarations;

/// <summary>Right declarations that a careless generator stumbles over. Each compiles without a warning.</summary>
public sealed class Unusual_declarations_compile
{
    [Theory]
    [InlineData("[Message(1)] public partial struct M { public int _; } [Message(2)] public ref partial struct N { public int _; [LengthPrefix(1)] public ReadOnlySpan<byte> X; }")]
    [InlineData("[Message(1)] public partial record struct M(int @class, int @int, int @this);")]
    [InlineData("[Message(1)] public partial struct M { public int @class; public int @this; public int value; public int field; }")]
    [InlineData("[Message(1)] public partial struct M { public int X, x, _x; private int __; private int _1; public int Ärger; }")]
    [InlineData("[Message(1)] public partial struct M { public int origin, tail, body, message, frame, destination, correlation, _origin; }")]
    [InlineData("[Message(1)] public partial struct M { public int System, QContinuum, Wire, Header, Id, SizeOf, WriteFrame, WriteBody, TryRead; }")]
    [InlineData("[Message(1)] public partial record struct M(int System, int QContinuum, int Header, int Id, int Message, int Length);")]
    [InlineData("[Message(1)] public partial record struct Id(int X);")]
    [InlineData("[Message(1)] public partial record struct TryRead(int X);")]
    [InlineData("[Message(1)] public partial record struct Wire(int X);")]
    [InlineData("[Message(1)] public partial record struct @class(int X);")]
    [InlineData("[Message(1)] public partial struct @record { public int @partial, @required, @file, @await, @var; }")]
    [InlineData("[Message(1)] public partial struct @required { public int X; }")]
    [InlineData("[Message(1)] public partial struct @partial { public int X; }")]
    [InlineData("[Message(1)] public partial struct @extension { public int X; }")]
    [InlineData("[Message(1)] public partial struct @file { public int X; }")]
    [InlineData("[Message(1)] public readonly ref partial struct @scoped { [Tail] public readonly ReadOnlySpan<byte> X; }")]
    [InlineData("[Message(1)] public partial struct @var { public int X; } [Message(2)] public partial struct @nint { public int X; }")]
    [InlineData("[Message(-1)] public partial record struct M(in int X, int Y = 2);")]
    [InlineData("[Message(int.MinValue)] public partial record struct M();")]
    [InlineData("[Message(int.MaxValue)] public partial record struct M;")]
    [InlineData("[Message(1)] public partial struct M;")]
    [InlineData("[Message((long)E.B)] public partial record struct M(E X); public enum E : long { A, B = 7 }")]
    [InlineData("[Message(M.Key)] public partial record struct M(int X) { public const long Key = 5; public static int Shared; public readonly int Twice => X * 2; }")]
    [InlineData("[Message(1)] public partial struct M { public M() { X = 1; } public int X; }")]
    [InlineData("[Message(1)] public partial struct M { public M(int x) { X = x; } public int X; }")]
    [InlineData("[Message(1)] public partial struct M { public M(in int x) { X = x; } public int X; }")]
    [InlineData("[Message(1)] public partial struct M { public byte X; public static M Make() => new(5); }")]
    [InlineData("[Message(1)] public partial struct M { public int X = 3; public M() { } }")]
    [InlineData("[Message(1)] public partial struct M { public required int X; public required byte Y { get; init; } public static M Make() => new(1, 2); }")]
    [InlineData("[Message(1)] public partial struct M { public readonly int X; public int Y { get; private set; } public int Z { get; } }")]
    [InlineData("[Message(1)] public partial struct M { public volatile int X; }")]
    [InlineData("[Message(1)] public partial struct M { public int X { get => field; set => field = value; } }")]
    [InlineData("[Message(1)] public partial record struct M(int X) { public int X = X; }")]
    [InlineData("[Message(1)] public partial record struct M { public int X { get; init; } }")]
    [InlineData("[Message(1)] public readonly partial struct M { public readonly int X; }")]
    [InlineData("[Obsolete] [Message(1)] public partial record struct M(int X);")]
    [InlineData("[Message(1)] public partial record struct M([property: Obsolete] int X);")]
    [InlineData("[Message(1)] public partial struct M { private enum E { A } private E _e; }")]
    [InlineData("[Message(1)] public partial struct M { internal E X; public int Y; } internal enum E { A }")]
    [InlineData("[Message(1)] internal partial struct M { public E X; } internal enum E { A }")]
    [InlineData("public partial class O { [Message(1)] private partial struct M { public E X; } private enum E { A } }")]
    [InlineData("public partial class O { [Message(1)] internal partial struct M { internal E X; } protected internal enum E { A } }")]
    [InlineData("public partial class O { [Message(1)] protected partial struct M { public E X; } protected enum E { A } }")]
    [InlineData("public partial class O { [Message(1)] protected internal partial struct M { internal E X; } internal enum E { A } }")]
    [InlineData("public partial class O { private enum E { A } public partial class P { [Message(1)] private protected partial struct M { private E _e; } } }")]
    [InlineData("public partial interface I { partial record R { partial record struct S { [Message(1)] public partial record struct M(int X); } } }")]
    [InlineData("public static partial class O { [Message(1)] public partial record struct M(int X); }")]
    [InlineData("public ref partial struct O { [Message(1)] public partial record struct M(int X); }")]
    [InlineData("public partial record O(int Y) { [Message(1)] public partial record struct M(int X); }")]
    [InlineData("public partial class @event { [Message(1)] public partial record struct @struct(int X); }")]
    [InlineData("[Message(1)] public ref partial struct M { public int X; }")]
    [InlineData("[Message(1)] public ref partial struct M { public int Data; [Tail] public ReadOnlySpan<byte> data; }")]
    [InlineData("[Message(1)] public ref partial struct M { [Tail] public required ReadOnlySpan<byte> Data { get; init; } public int Length => Data.Length; }")]
    [InlineData("[Message(1)] public ref partial struct M { [Tail] public ReadOnlySpan<byte> Reader; public byte ToMessage() => 1; }")]
    [InlineData("[Message(1)] public ref partial struct M { public byte Kind; [Tail] public ReadOnlySpan<byte> Data; public static M Of(ReadOnlySpan<byte> data) => new(1, data); }")]
    [InlineData("[Message(1), MessagePackObject] public partial class M;")]
    [InlineData("[Message(1), MessagePackObject] public partial record M([property: Key(0)] int X);")]
    [InlineData("[Message(1), MessagePackObject] public partial struct M { [Key(0)] public int X; }")]
    [InlineData("public class B { public class M; } [Message(1), MessagePackObject] public partial class M : B;")]
    [InlineData("[Message(1), MessagePackObject] public partial class M { [Key(0)] public required int Reader { get; set; } }")]
    [InlineData("[Message(1), MessagePackObject] public partial class M; public class MessagePackBody;")]
    [InlineData("[Message(1), MessagePackObject] public partial class A; [Message(2), MessagePackObject] public partial class B : A;")]
    [InlineData("[Message(1)] public partial struct M { public byte A; [Omittable] public int body, at, isRead, origin1, number; [Omittable] public byte _length, _origin, reader, length; }")]
    [InlineData("[Message(1)] public partial record struct M(int body, [Omittable] int at, [Omittable] int isRead, [Omittable] int origin1);")]
    [InlineData("[Message(1)] public readonly ref partial struct M { [LengthPrefix(2)] public readonly ReadOnlySpan<byte> body; [ZeroTerminated] public readonly ReadOnlySpan<byte> at; public readonly int isRead, origin3; [Tail] public readonly WireSpan<int> part1; }")]
    [InlineData("[Message(1)] public readonly ref partial struct M { public readonly byte @class; [SizedBy(\"class\")] public readonly ReadOnlySpan<byte> @int; [LengthPrefix(1)] public ReadOnlySpan<byte> @this { get; } }")]
    [InlineData("[Message(1)] public readonly ref partial struct M { public readonly byte System; [SizedBy(\"System\")] public readonly ReadOnlySpan<byte> QContinuum, Parts, Wire; [Tail, Utf8] public readonly ReadOnlySpan<byte> MemoryMarshal; }")]
    [InlineData("[Message(1)] public partial struct M { [Constant(1)] public byte X; [Reserved] public int Y; }")]
    [InlineData("[Message(1)] public partial record struct M([Constant(1)] byte X, [Reserved] int Y) { public M(int z) : this(1, z) { } }")]
    [InlineData("[Message(1)] public partial record struct M([Constant(1)] byte X, int Y) { public M(int y) : this(1, y) { } }")]
    [InlineData("[Message(1)] public partial record struct M([Validated] E X, [Validated] F Y, [Validated] G Z); public enum E { } [Flags] public enum F : ulong { A = ulong.MaxValue } public enum G : long { A = long.MinValue, B = long.MaxValue }")]
    [InlineData("[Message(1)] public partial record struct M([Validated] E X); public enum E : ulong { A = ulong.MaxValue, B = 0, C = 1 }")]
    [InlineData("[WireStruct] public partial struct S { public int origin, value, isBigEndian, Size, Read, Write, IsValid; } [Message(1)] public partial record struct M(S X);")]
    [InlineData("[WireStruct] public partial struct S; [Message(1)] public partial record struct M(S X, int Y); [Message(2)] public partial record struct N(S X);")]
    [InlineData("[WireStruct] public partial record struct @record([Constant(1)] byte @class); [Message(1)] public partial record struct M(@record @struct);")]
    [InlineData("public partial class O { [WireStruct] private partial struct S { public int A; private int _b; } [System.Runtime.CompilerServices.InlineArray(2)] private struct Two { private S _s; } [Message(1)] private partial struct M { public S X; private Two _t; } }")]
    [InlineData("public partial interface I { [WireStruct] internal partial struct S { public int A; } } [Message(1)] internal partial record struct M(I.S X);")]
    [InlineData("[Message(1)] public partial struct M { public System.Runtime.CompilerServices.InlineArray4<short> X; [BigEndian] public System.Runtime.CompilerServices.InlineArray2<E> Y; } public enum E : long { }")]
    [InlineData("[WireStruct] public partial struct S { public int A; } [Message(1)] public partial struct M { public System.Runtime.CompilerServices.InlineArray4<S> X; }")]
    [InlineData("[System.Runtime.CompilerServices.InlineArray(3)] public struct Of<T> { private T _first; } [Message(1)] public partial record struct M(Of<int> X, Of<Half> Y);")]
    [InlineData("[WireStruct, Message(1)] public partial record struct M(int X); [Message(2)] public partial record struct N(M X);")]
    public void Messages(string declaration)
    {
        const string Usings = "using System; using MessagePack; using QContinuum; ";
        Assert.NotEmpty(UserProject.Generate(Usings + declaration).Clean().HintNames);
        Assert.NotEmpty(UserProject.Generate(Usings + "namespace Foo.System.QContinuum.@namespace; " + declaration.Replace("System.Runtime", "global::System.Runtime", StringComparison.Ordinal)).Clean().HintNames);
        Assert.Empty(Wrong.Violations(UserProject.Generate(Usings + declaration).Compilation));
    }

    [Fact]
    public void A_validated_enum_of_every_value()
        => UserProject.Generate($"[QContinuum.Message(1)] public partial record struct M([QContinuum.Validated] E X); public enum E : byte {{ {string.Join(", ", Enumerable.Range(0, 256).Select(static value => "V" + value))} }}").Clean();

    [Theory]
    [InlineData("[Handles] void peer(Peer peer, M m) { } [Handles] void message(Peer p, N n) { } [Unhandled] void body(Peer p, in MessageHeader h, ReadOnlySpan<byte> b) { }")]
    [InlineData("[Handles] static void header(Peer peer, in MessageHeader header, ref readonly M m) { } [Opened] static object status(Peer peer) => peer;")]
    [InlineData("[Handles] void @while(Peer peer, string? state, MessageHeader header, M.Reader m) { }")]
    [InlineData("[Handles] void On(Peer peer, int[] state, in M.Reader m) { } [Closed] Task Left(Peer peer, object? state) => Task.CompletedTask;")]
    [InlineData("[Handles] void On(Peer peer, System.Collections.Generic.List<(int A, string? B)> state, N.Reader n) { }")]
    [InlineData("[Handles] void On(Peer peer, dynamic state, M m) { }")]
    [InlineData("[Handles] async Task On(Peer peer, object state, M m) => await Task.Yield();")]
    [InlineData("[Handles, Obsolete] void On(Peer peer, M m) { }")]
    [InlineData("[Handles] private partial void On(Peer peer, M m); private partial void On(Peer peer, M m) { }")]
    [InlineData("void DispatchReceived(int x) { } int Processor; int Peer; [Handles] void On(global::QContinuum.Peer peer, Secret s) { } [Message(9)] private partial record struct Secret(int X);")]
    [InlineData("[Opened] ValueTask Joined(Peer peer) => default; [Closed] ValueTask Left(Peer peer, CloseReason reason) => default;")]
    [InlineData("[Opened] [Closed] void Both(Peer peer) { }")]
    public void Handlers(string members)
    {
        Generated generated = UserProject.Generate($$"""
            #pragma warning disable CS0169, CS0649
            using System;
            using System.Threading.Tasks;
            using QContinuum;

            namespace Foo.System
            {
                [Message(1)] public partial record struct M(int X);
                [Message(2)] public partial record struct N();
                public partial class @class
                {
                    [Processor(Threading.Inline)]
                    protected internal abstract partial class Lobby { {{members.Replace("System.Coll", "global::System.Coll", StringComparison.Ordinal)}} }
                }
            }
            """).Clean();

        Assert.Contains("Foo.System.class.Lobby.Processor.g.cs", generated.HintNames);
        Assert.Empty(Wrong.Violations(generated.Compilation));
    }

    [Theory]
    [InlineData("using R = Game.Move.Reader;", "R")]
    [InlineData("using M = Game.Move;", "M.Reader")]
    [InlineData("using M = Game.Move;", "M")]
    [InlineData("", "global::Game.Move.Reader")]
    public void Readers_by_another_name(string import, string type)
    {
        Generated generated = UserProject.Generate($$"""
            using QContinuum;
            {{import}}

            namespace Game
            {
                [Message(1)] public partial record struct Move(int X);
                [Processor] public partial class Lobby { [Handles] void On(Peer peer, {{type}} move) { } }
            }
            """).Clean();

        Assert.Contains("case 1: // Move", generated["Game.Lobby.Processor.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_whose_type_is_unknown_while_generating_is_not_dropped_in_silence()
    {
        Generated generated = UserProject.Generate("""
            using QContinuum;
            using static Game.Move;

            namespace Game
            {
                [Message(1)] public partial record struct Move(int X);
                [Processor] public partial class Lobby { [Handles] void On(Peer peer, Reader move) { } }
            }
            """).Clean();

        Assert.Contains("no dispatch can be generated for Lobby.On(Peer, Reader).", generated["Game.Lobby.Processor.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_differ_only_by_case_have_files_of_their_own()
    {
        Generated generated = UserProject.Generate("""
            namespace Game { [QContinuum.Message(1)] public partial record struct Move(int X); [QContinuum.Message(2)] public partial record struct MOVE(int X); }
            namespace GAME { [QContinuum.Message(3)] public partial record struct Move(int X); [QContinuum.Message(4)] public partial record struct Other(int X); }
            """).Clean();

        Assert.Equal(4, generated.HintNames.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void A_message_of_a_referenced_assembly_can_be_handled()
    {
        Generated library = UserProject.Generate("""
            using QContinuum;
            [Message(1)] public partial record struct Move(int X, byte Y);
            [Message(2)] public ref partial struct Blob { [Tail] public System.ReadOnlySpan<byte> Data; }
            """).Clean();
        Generated user = UserProject.Generate(UserProject.Compile("""
            using QContinuum;
            [Processor]
            public partial class Lobby
            {
                [Handles] void On(Peer peer, Move.Reader move) { }
                [Handles] void On(Peer peer, Blob blob) { }
            }
            """).AddReferences(library.Compilation.ToMetadataReference())).Clean();
        Generated image = UserProject.Generate(UserProject.Compile("""
            using QContinuum;
            [Processor]
            public partial class Lobby { [Handles] void On(Peer peer, Move.Reader move) { } }
            """).AddReferences(library.Image()));

        Assert.Contains("extent.BodyLength > 5", user["Lobby.Processor.g.cs"], StringComparison.Ordinal);
        Assert.Contains("extent.BodyLength > 5", image.Clean()["Lobby.Processor.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_without_MessagePack_needs_none()
    {
        Generated generated = UserProject.Generate(WithoutMessagePack("""
            using QContinuum;
            [Message(1)] public partial record struct Move(int X);
            [Processor] public partial class Lobby { [Handles] void On(Peer peer, Move move) { } }
            """)).Clean();

        Assert.Equal(2, generated.HintNames.Length);
    }

    [Fact]
    public void The_annotations_of_MessagePack_alone_are_a_rule()
    {
        Generated generated = UserProject.Generate(WithoutMessagePack("""
            using QContinuum;
            [Message(1), MessagePack.MessagePackObject] public partial class Chat;
            """));

        Assert.Equal(["QCT0037(Chat)"], Wrong.Violations(generated.Compilation));
        generated.Clean();
    }

    private static Microsoft.CodeAnalysis.CSharp.CSharpCompilation WithoutMessagePack(string source)
    {
        var whole = UserProject.Compile(source);
        return whole.RemoveReferences(whole.References.Where(static reference => Path.GetFileName(reference.Display) == "MessagePack.dll"));
    }
}
