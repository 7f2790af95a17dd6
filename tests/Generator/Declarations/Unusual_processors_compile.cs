using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Declarations;

/// <summary>Processors of headers of every kind that a careless generator stumbles over. Each compiles without a warning and breaks no rule.</summary>
public sealed class Unusual_processors_compile
{
    /// <summary>Headers: with everything, without a way to tell, of each direction, with two ids, and written by hand.</summary>
    private const string Headers = """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct Full([Length] ushort Length, [Correlation] ushort Tag, [Copied] byte @class, [ReplyFlag(Mask = 0x80), Fault(Mask = 0x40), MessageId(Mask = 0x3F)] byte Kind);

        [Header(ByteOrder.LittleEndian)] public readonly partial record struct Flagged([Length] ushort Length, [ReplyFlag(Mask = 0x80), MessageId(Mask = 0x7F)] byte Kind);
        [Header(ByteOrder.LittleEndian)] public readonly partial record struct Plain([Length] ushort Length, [MessageId] byte Kind);
        [Header(ByteOrder.LittleEndian)] public readonly partial record struct Tagged([Length] ushort Length, [Correlation] byte Tag, [Copied] byte @class, [Copied] short Unit, byte Header, [MessageId] byte Kind);
        [Header(ByteOrder.LittleEndian)] public readonly partial record struct Pair([Length] ushort Length, [MessageId] uint Class, [MessageId] uint Method);

        public readonly struct Hand : IHeader<Hand>
        {
            static HeaderCodec IHeader<Hand>.Codec { get; } = HeaderCodec.Of<Hand>();
            static int IHeader<Hand>.Size => 1;
            static FrameStatus IHeader<Hand>.TryReadFrame(ReadOnlySpan<byte> bytes, int maxBody, out Hand header, out FrameExtent extent)
            {
                header = default;
                extent = default;
                return FrameStatus.Incomplete;
            }
            static Hand IHeader<Hand>.Create(long id, ulong correlation, MessageRole role) => default;
            static void IHeader<Hand>.Write(scoped in Hand header, int body, scoped Span<byte> frame) { }
        }

        """;

    [Theory]
    [InlineData("Full", "")]
    [InlineData("Full", "[Handles] void On(Peer peer, in Full header, M m) { }")]
    [InlineData("Full", "[Handles] void On(Peer peer, Full header, in M.Reader m) { }")]
    [InlineData("Full", "[Handles] R On(Peer peer, M m) => new(m.X); [Handles] V On(Peer peer, string state, in Full header, R r) => new([1]);")]
    [InlineData("Full", "[Handles] ValueTask<R> On(Peer peer, M m) => new(new R(m.X)); [Handles] async Task<C> On(Peer peer, R r) { await Task.Yield(); return new C(); }")]
    [InlineData("Full", "[Handles] static C On(Peer peer, in M m) => new();")]
    [InlineData("Full", "[Handles] void @while(Peer peer, Full header, C? c) { } [Handles] C @event(Peer peer, object? state, M m) => new();")]
    [InlineData("Full", "[Handles] async ValueTask On(Peer peer, Owned<V> v) { await Task.Yield(); v.Dispose(); } [Handles] void On(Peer peer, Owned<C> c) { } [Handles] void On(Peer peer, in Owned<M> m) { }")]
    [InlineData("Full", "[Handles] void On(Peer peer, M m) { } [Handles] void On(Peer peer, R r) { } [Handles] void On(Peer peer, F f) { } [Handles] void On(Peer peer, Any any) { }")]
    [InlineData("Full", "[Handles] void On(Peer peer, Any any) { } [Unhandled] void Other(Peer peer, in Full header, ReadOnlySpan<byte> body) { }")]
    [InlineData("Full", "[Unhandled] ValueTask Other(Peer peer, string state, in Full header, ReadOnlySpan<byte> body) => peer.WaitForRoomAsync();")]
    [InlineData("Full", "[Unhandled] Task Other(Peer peer, Full header, ReadOnlySpan<byte> body) => Task.CompletedTask;")]
    [InlineData("Full", "[Handles] void On(Peer peer, Owned<Any> any) { }")]
    [InlineData("Full", "[Handles] void On(Peer peer, R r) { }")]
    [InlineData("Full, Full", "[Handles] R On(Peer peer, M m) => new(m.X);")]
    [InlineData("Full, Tagged", "[Handles] T On(Peer peer, M m) => default; [Handles] ValueTask<S> On(Peer peer, R r) => default; [Handles] Task<S> On(Peer peer, Owned<V> v) => null!;")]
    [InlineData("Tagged, Full", "[Handles] V On(Peer peer, T t) => default; [Unhandled] void Other(Peer peer, Tagged header, ReadOnlySpan<byte> body) { }")]
    [InlineData("Full, Tagged", "[Handles] void On(Peer peer, in Full header, M m) => Reply(peer, header, new S(1));")]
    [InlineData("Full, Tagged", "[Handles] void On(Peer peer, in Full header, M m) => Reply(peer, new S(1)); private static void Reply(Peer peer, S s) => peer.Send(s);")]
    [InlineData("Full, Tagged", "[Handles] void On(Peer peer, M m) { } private int Reply { get; set; }")]
    [InlineData("Full, Tagged", "[Handles] void On(Peer peer, M m) { } private sealed class Reply;")]
    [InlineData("Hand, Full", "[Handles] V On(Peer peer, H h) => default;")]
    [InlineData("Full, Hand", "[Handles] H On(Peer peer, M m) => default;")]
    [InlineData("MessageHeader, Full", "[Handles] V On(Peer peer, in MessageHeader header, D d) => default;")]
    [InlineData("Full, MessageHeader", "[Handles] D On(Peer peer, in Full header, M m) => default;")]
    [InlineData("MessageHeader", "[Handles] D On(Peer peer, in MessageHeader header, D d) => default;")]
    [InlineData("Hand", "[Handles] H On(Peer peer, in Hand header, H h) => default; [Unhandled] void Other(Peer peer, in Hand header, ReadOnlySpan<byte> body) { }")]
    [InlineData("Hand", "[Handles] void On(Peer peer, HF h) { } [Handles] void On(Peer peer, H h) { }")]
    [InlineData("Plain", "")]
    [InlineData("Plain", "[Handles] void On(Peer peer, P p) { }")]
    [InlineData("Plain", "[Handles] void On(Peer peer, Failed p) { }")]
    [InlineData("Flagged", "[Handles] void On(Peer peer, FM m) { } [Handles] void On(Peer peer, FR r) { } [Handles] void On(Peer peer, FF f) { }")]
    [InlineData("Pair", "[Handles] Two On(Peer peer, One one) => default; [Handles] void On(Peer peer, Two two) { }")]
    public void Of_any_header(string headers, string handlers)
    {
        Generated generated = UserProject.Generate("""
            using System;
            using System.Threading.Tasks;
            using MessagePack;
            using QContinuum;

            """ + Headers + $$"""
            [Message<Full>(1)] public readonly partial record struct M(int X);
            [Message<Full>(1, IsReply = true)] public readonly partial record struct R(int X);
            [Message<Full>(1, IsFault = true)] public readonly partial record struct F(int X);
            [Message<Full>(IsFault = true)] public readonly ref partial struct Any { [Tail] public readonly ReadOnlySpan<byte> Data; }
            [Message<Full>(2, MaxSize = 100)] public readonly ref partial struct V { [Tail] public readonly ReadOnlySpan<byte> Data; }
            [Message<Full>(3, MaxSize = 100), MessagePackObject] public partial class C;
            [Message<Tagged>(9)] public readonly ref partial struct T { [Tail] public readonly ReadOnlySpan<byte> Data; }
            [Message<Tagged>(10)] public readonly partial record struct S(int X);
            [Message<Hand>(long.MinValue)] public readonly partial record struct H(int X);
            [Message<Hand>(IsFault = true)] public readonly partial record struct HF(int X);
            [Message<Plain>(4)] public readonly partial record struct P(int X);
            [Message<Plain>(5, IsFault = true)] public readonly partial record struct Failed(int X);
            [Message<Flagged>(1)] public readonly partial record struct FM(int X);
            [Message<Flagged>(1, IsReply = true)] public readonly partial record struct FR(int X);
            [Message<Flagged>(2, IsFault = true)] public readonly partial record struct FF(int X);
            [Message<Pair>(uint.MaxValue, 7)] public readonly partial record struct One(int X);
            [Message<Pair>(0x1_0000_0000)] public readonly partial record struct Two(int X);
            [Message(6)] public readonly partial record struct D(int X);

            [Processor<{{headers}}>(Threading.Inline, Unknown = UnknownMessages.Skip)] public partial class Lobby { {{handlers}} }
            [Processor<{{headers}}>] public partial class Hall { {{handlers}} }
            """).Clean();

        Assert.Empty(Wrong.Violations(generated.Compilation));
    }
}
