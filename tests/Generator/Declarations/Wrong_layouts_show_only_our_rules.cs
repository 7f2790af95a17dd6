namespace QContinuum.Generator.Tests.Declarations;

/// <summary>Members, parts and wire structs that break a rule: the rule is the only error, and other code that uses the message compiles.</summary>
public sealed class Wrong_layouts_show_only_our_rules
{
    [Theory]
    [InlineData("[Bits(3)] int X", "QCT0044(X, its neighbours and it must have a whole number of bytes together, 8 at most)")]
    [InlineData("[Bits(40)] long X, [Bits(32)] int Y", "QCT0044(X, its neighbours and it must have a whole number of bytes together, 8 at most)")]
    [InlineData("[Bits(9)] byte X, [Bits(7)] byte Y", "QCT0044(X, a byte has at most 8, not 9)")]
    [InlineData("[Bits(2)] bool X, [Bits(6)] byte Y", "QCT0044(X, a bool has at most 1, not 2)")]
    [InlineData("[Bits(0)] byte X", "QCT0044(X, a byte has at most 8, not 0)")]
    [InlineData("[Bits(8)] float X", "QCT0044(X, a float has no bits; use a bool, integer or enum)")]
    [InlineData("[Bits(4)] byte X, [Omittable, Bits(4)] byte Y", "QCT0044(X, its neighbours and it must have a whole number of bytes together, 8 at most)", "QCT0044(Y, its neighbours and it must have a whole number of bytes together, 8 at most)")]
    [InlineData("[Constant(256)] byte X", "QCT0046(0x100, X, byte)")]
    [InlineData("[Constant(-129)] sbyte X, int Y", "QCT0046(0xFFFFFFFFFFFFFF7F, X, sbyte)")]
    [InlineData("[Constant(-1)] byte X", "QCT0046(0xFFFFFFFFFFFFFFFF, X, byte)")]
    [InlineData("[Bits(3), Constant(8)] byte X, [Bits(5)] byte Y", "QCT0046(0x8, X, byte)")]
    [InlineData("[Constant(1)] float X", "QCT0046(0x1, X, float)")]
    [InlineData("[Constant(5)] Guid X, int Y", "QCT0046(0x5, X, Guid)")]
    [InlineData("[Constant(5)] S X, int Y", "QCT0046(0x5, X, S)")]
    [InlineData("[Constant(5)] string X, int Y", "QCT0005(X, Wrong, string)", "QCT0046(0x5, X, string)")]
    [InlineData("[Reserved] string X, int Y", "QCT0005(X, Wrong, string)")]
    [InlineData("[Validated] int X", "QCT0063(X, int)")]
    [InlineData("[Omittable] int X, int Y", "QCT0062(Y, Wrong)")]
    [InlineData("int X, [Omittable] int Y, S Z", "QCT0062(Z, Wrong)")]
    [InlineData("[BigEndian, LittleEndian] int X", "QCT0070(X)")]
    [InlineData("[Bits(4), BigEndian] byte X, [Bits(4), LittleEndian] byte Y", "QCT0070(Y)")]
    [InlineData("[property: LengthPrefix(1)] int X", "QCT0060(X, Wrong, make 'Wrong' a ref struct, and the member a span)")]
    [InlineData("Strings X", "QCT0005(X, Wrong, Strings)")]
    [InlineData("Bools X", "QCT0005(X, Wrong, Bools)")]
    [InlineData("P X", "QCT0005(X, Wrong, P)")]
    public void Members(string parameters, params string[] violations) => Check(
        $$"""
        [WireStruct] public partial struct S { public int A; }
        public struct P { public int A; }
        [System.Runtime.CompilerServices.InlineArray(2)] public struct Strings { private string _first; }
        [System.Runtime.CompilerServices.InlineArray(2)] public struct Bools { private bool _first; }
        [Message(1)] public partial record struct Wrong({{parameters}});
        """,
        violations);

    [Theory]
    [InlineData("public ReadOnlySpan<byte> X;", "QCT0061(X, Wrong)")]
    [InlineData("public WireSpan<int> X; [Tail] public ReadOnlySpan<byte> Y;", "QCT0061(X, Wrong)")]
    [InlineData("[LengthPrefix(0)] public ReadOnlySpan<byte> X;", "QCT0060(X, Wrong, give its length 1, 2, 3 or 4 bytes)")]
    [InlineData("[LengthPrefix(5)] public ReadOnlySpan<byte> X;", "QCT0060(X, Wrong, give its length 1, 2, 3 or 4 bytes)")]
    [InlineData("[LengthPrefix(1), ZeroTerminated] public ReadOnlySpan<byte> X;", "QCT0060(X, Wrong, keep one of the attributes that say where it ends)")]
    [InlineData("[LengthPrefix(1), Tail] public ReadOnlySpan<byte> X;", "QCT0060(X, Wrong, keep one of the attributes that say where it ends)")]
    [InlineData("[LengthPrefix(1)] public WireSpan<bool> X;", "QCT0060(X, Wrong, use a number of 1, 2, 4, 8 or 16 bytes as its element)")]
    [InlineData("[LengthPrefix(1)] public WireSpan<UInt24> X;", "QCT0060(X, Wrong, use a number of 1, 2, 4, 8 or 16 bytes as its element)")]
    [InlineData("[ZeroTerminated] public WireSpan<int> X;", "QCT0060(X, Wrong, declare it as ReadOnlySpan<byte>: text is bytes)")]
    [InlineData("[Tail, Utf8] public WireSpan<int> X;", "QCT0060(X, Wrong, declare it as ReadOnlySpan<byte>: text is bytes)")]
    [InlineData("[Utf8] public int X;", "QCT0060(X, Wrong, declare it as ReadOnlySpan<byte>, or as WireSpan<T> for numbers)")]
    [InlineData("[LengthPrefix(1), Constant(1)] public ReadOnlySpan<byte> X;", "QCT0060(X, Wrong, remove what is for numbers only: [Constant], [Reserved] or [Validated])")]
    [InlineData("[SizedBy(\"N\")] public ReadOnlySpan<byte> X;", "QCT0051(X, N, neither 'Wrong' nor its header has an integer of that name)")]
    [InlineData("[SizedBy(\"N\")] public ReadOnlySpan<byte> X; public int N;", "QCT0051(X, N, it must stand before the part)")]
    [InlineData("[SizedBy(\"X\")] public ReadOnlySpan<byte> X;", "QCT0051(X, X, it must stand before the part)")]
    [InlineData("public float N; [SizedBy(\"N\")] public ReadOnlySpan<byte> X;", "QCT0051(X, N, it must be an integer of at most 8 bytes)")]
    [InlineData("public Guid N; [SizedBy(\"N\")] public ReadOnlySpan<byte> X;", "QCT0051(X, N, it must be an integer of at most 8 bytes)")]
    [InlineData("public DayOfWeek N; [SizedBy(\"N\")] public ReadOnlySpan<byte> X;", "QCT0051(X, N, it must be an integer of at most 8 bytes)")]
    [InlineData("public string N; [SizedBy(\"N\")] public ReadOnlySpan<byte> X;", "QCT0005(N, Wrong, string)", "QCT0051(X, N, it must be an integer of at most 8 bytes)")]
    [InlineData("[Constant(3)] public byte N; [SizedBy(\"N\")] public ReadOnlySpan<byte> X;", "QCT0051(X, N, it is derived already: remove [Constant] or [Reserved])")]
    [InlineData("public byte A; [Omittable] public byte N; [Omittable, SizedBy(\"N\")] public ReadOnlySpan<byte> X;", "QCT0051(X, N, it may be missing, and the part would have no length)")]
    [InlineData("[Omittable] public byte N; [LengthPrefix(1)] public ReadOnlySpan<byte> X;", "QCT0062(X, Wrong)")]
    [InlineData("[ZeroTerminated] public ReadOnlySpan<byte> X; public Wrong(ReadOnlySpan<byte> x, out bool y) { X = x; y = true; }", "QCT0034(Wrong.Wrong(ReadOnlySpan<byte>, out bool), Wrong)")]
    public void Parts(string members, params string[] violations) => Check($"[Message(1)] public ref partial struct Wrong {{ {members} }}", violations);

    [Theory]
    [InlineData("Fixed")] // [Constant]
    [InlineData("Kind")] // [MessageId]
    [InlineData("Again")] // [Repeats]
    [InlineData("Sequence")] // [Correlation]
    [InlineData("Unused")] // [Reserved]
    public void Parts_sized_by_what_the_header_derives(string field) => Check(
        $$"""
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct H([Constant(1)] byte Fixed, [Length] byte Length, [Repeats("Length")] byte Again, [MessageId] byte Kind, [Correlation] byte Sequence, [Reserved] byte Unused);
        [Message<H>(1)] public ref partial struct Wrong { [SizedBy("{{field}}")] public ReadOnlySpan<byte> X; }
        """,
        [$"QCT0051(X, {field}, the header gives that field a value of its own; use one that the sender chooses)"],
        "H");

    [Fact]
    public void Part_sized_by_the_default_header() => Check(
        "[Message<MessageHeader>(1)] public ref partial struct Wrong { [SizedBy(\"Length\")] public ReadOnlySpan<byte> X; }",
        ["QCT0051(X, Length, the header gives that field a value of its own; use one that the sender chooses)"]);

    [Theory]
    [InlineData("public long X, Y;", "16")]
    [InlineData("public long X; public int Y; [LengthPrefix(2)] public ReadOnlySpan<byte> Z;", "14")]
    public void Message_that_no_frame_of_its_header_holds(string members, string size) => Check(
        $$"""
        [Header(ByteOrder.BigEndian, MaxFrame = 15)] public readonly partial record struct H([Length] byte Length, [MessageId] byte Kind);
        [Message<H>(1)] public {{(members.Contains("Span<", StringComparison.Ordinal) ? "ref " : "")}}partial struct Wrong { {{members}} }
        """,
        [$"QCT0066(Wrong, {size}, H, 13)"],
        "H");

    [Fact]
    public void Message_without_id() => Check(
        "[Header(ByteOrder.BigEndian)] public readonly partial record struct H([Length] byte Length, [MessageId] byte Kind); [Message<H>] public partial struct Wrong { public int X; }",
        ["QCT0069(Wrong, set IsFault where it answers any request)"],
        "H");

    /// <summary>Generated once: two files of one name would end the generator for the whole project.</summary>
    [Theory]
    [InlineData("[Message(1), Message<H>(1)]", "MessageHeader")]
    [InlineData("[Message<H>(1), Message(1)]", "H")]
    public void Message_of_two_headers(string attributes, string first) => Check(
        $$"""
        [Header(ByteOrder.BigEndian)] public readonly partial record struct H([Length] byte Length, [MessageId] byte Kind);
        {{attributes}} public partial struct Wrong { public int X; }
        [Message<H>(2)] public partial struct Right { public int X; }
        """,
        ["QCT0073(Wrong, [Message])"],
        first);

    [Fact]
    public void Message_of_both_byte_orders() => Check("[Message(1), BigEndian, LittleEndian] public partial struct Wrong { public int X; }", ["QCT0070(Wrong)"]);

    [Theory]
    [InlineData("partial struct S { public string X; }", "QCT0065(X, S, string)")]
    [InlineData("partial struct S { public P X; }", "QCT0065(X, S, P)")]
    [InlineData("partial record struct S(int X, [Omittable] int Y);", "QCT0065(Y, S, int)")]
    [InlineData("partial struct S { [Bits(3)] public int X; }", "QCT0044(X, its neighbours and it must have a whole number of bytes together, 8 at most)")]
    [InlineData("partial struct S { [Bits(4)] public byte X; [Bits(4), BigEndian] public byte Y; }", "QCT0070(Y)")]
    [InlineData("partial struct S { [Constant(256)] public byte X; }", "QCT0046(0x100, X, byte)")]
    [InlineData("partial struct S(int x) { public int X => x; }", "QCT0012(S, a primary constructor, make the struct a record, or declare its members as fields)")]
    [InlineData("partial struct S { public int X; } public partial struct S { public int Y; }", "QCT0013(S)")]
    [InlineData("partial struct S { public byte X; public S(in byte x, bool y) { X = x; } }", "QCT0034(S.S(in byte, bool), S)")]
    [InlineData("partial struct S { public byte X; public S(byte x, in bool y) { X = x; } }")]
    public void Wire_structs(string declaration, params string[] violations) => Check(
        $"public struct P {{ public int A; }} [WireStruct] public {declaration} [Message(1)] public partial record struct Wrong(S X, byte Y);",
        violations);

    [Fact]
    public void Wire_struct_that_is_a_ref_struct() => Wrong.Check(
        "[WireStruct] public ref partial struct S { public int X; }",
        ["QCT0012(S, the modifier 'ref', remove it: a wire struct is a member of other types)"]);

    [Fact]
    public void Wire_struct_that_is_not_partial() => Check(
        "[WireStruct] public struct S { public int X; } [Message(1)] public partial record struct Wrong(S X, byte Y);",
        ["QCT0001(S)", "QCT0005(X, Wrong, S)"]);

    // It must come to an end, however often it contains itself.
    [Fact]
    public void Wire_struct_that_contains_itself() => Wrong.Check(
        "[WireStruct] public partial struct S { public S A; public S B; public S C; } [Message(1)] public partial record struct M(S X, byte Y);",
        [],
        "CS0523");

    private static void Check(string declaration, string[] violations, string header = "MessageHeader") => Wrong.Check(
        $$"""
        {{declaration}}

        internal static class Use
        {
            public static SendResult? ReadAndSend(Peer peer) => MessageCodec.TryReadFrame(ReadOnlyMemory<byte>.Empty, out Wrong message) ? peer.Send(message) : null;
        }

        [Processor<{{header}}>]
        internal sealed partial class Lobby
        {
            [Handles] void On(Peer peer, Wrong message) => peer.Send(message);
        }
        """,
        violations);
}
