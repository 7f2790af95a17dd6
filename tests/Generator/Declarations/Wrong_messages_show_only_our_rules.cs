namespace QContinuum.Generator.Tests.Declarations;

public sealed class Wrong_messages_show_only_our_rules
{
    [Fact]
    public void Not_partial() => Check("""
        [Message(1)]
        public record struct Wrong(int X);
        """, "QCT0001(Wrong)", ownErrors: "CS0315");

    [Fact]
    public void In_a_type_that_is_not_partial() => Wrong.Check("""
        public class Outer
        {
            [Message(1)]
            public partial record struct Inner(int X);

            public static SendResult Send(Peer peer) => peer.Send(new Inner(1));
        }
        """, ["QCT0001(Outer)"], "CS0315");

    [Fact]
    public void Id_too_large() => Check("""
        [Message(0x80000004)]
        public partial record struct Wrong(int X);
        """, "QCT0003(2147483652, Wrong, MessageHeader, ids from -2147483648 to 2147483647)");

    [Fact]
    public void Property_of_an_interface() => Check("""
        public interface IScored { int Score { get; set; } }

        [Message(1)]
        public partial struct Wrong : IScored { int IScored.Score { get; set; } }
        """, "QCT0012(Wrong, 'IScored.Score', declare it as an ordinary member)");

    [Fact]
    public void Enum_of_one_file() => Check("""
        file enum Kind { A }

        [Message(1)]
        public partial struct Wrong { private Kind _kind; }
        """, "QCT0005(_kind, Wrong, Kind)", ownErrors: "CS9051");

    [Theory]
    [InlineData("string")]
    [InlineData("decimal")]
    [InlineData("char")]
    [InlineData("nint")]
    [InlineData("int?")]
    [InlineData("int[]")]
    [InlineData("(int, int)")]
    [InlineData("System.Collections.Generic.List<string?>", "List<string?>")]
    public void Member_without_a_format(string type, string? shown = null)
    {
        Check($"[Message(1)] public partial record struct Wrong({type} X);", $"QCT0005(X, Wrong, {shown ?? type})");
        Check($"[Message(1)] public partial struct Wrong {{ public {type} X; }}", $"QCT0005(X, Wrong, {shown ?? type})");
    }

    [Fact]
    public void Event() => Check("""
        [Message(1)]
        public partial struct Wrong
        {
            public event Action X;
            public void Raise() => X();
        }
        """, "QCT0005(X, Wrong, Action)");

    [Fact]
    public void Reference_to_a_number() => Check("""
        [Message(1)]
        public ref partial struct Wrong { public ref int X; }
        """, "QCT0005(X, Wrong, ref int)");

    [Fact]
    public void Unsafe_address() => Check("""
        [Message(1)]
        public unsafe partial struct Wrong { public int* X; }
        """, "QCT0005(X, Wrong, int*)", ownErrors: "CS0227");

    [Fact]
    public void Fixed_buffer() => Check("""
        [Message(1)]
        public unsafe partial struct Wrong { public fixed byte X[8]; }
        """, "QCT0005(X, Wrong, byte*)", ownErrors: "CS0227");

    [Fact]
    public void Member_of_a_type_that_does_not_exist() => Check("""
        [Message(1)]
        public partial struct Wrong { public Missing X; }
        """, "QCT0005(X, Wrong, Missing)", ownErrors: "CS0246");

    [Fact]
    public void Positional_with_a_further_field() => Check("""
        [Message(1)]
        public partial record struct Wrong(int X) { private int _y = 2; public int Y => _y; }
        """, "QCT0012(Wrong, '_y', make it a parameter of the record, or compute it from them)");

    [Fact]
    public void Positional_with_a_further_property() => Check("""
        [Message(1)]
        public partial record struct Wrong(int X) { public int Y { get; set; } }
        """, "QCT0012(Wrong, 'Y', make it a parameter of the record, or compute it from them)");

    [Fact]
    public void Positional_parameter_that_is_not_kept() => Check("""
        [Message(1)]
        public partial record struct Wrong(int X) { public int X => 1 + Y(X: 1); private static int Y(int X) => X; }
        """, "QCT0012(Wrong, 'X', let the record declare the property of the parameter)");

    [Fact]
    public void Positional_member_that_is_required() => Check("""
        [Message(1)]
        public partial record struct Wrong(int X) { public required int X { get; init; } = X; }
        """, "QCT0012(Wrong, 'X', remove the modifier 'required')");

    [Fact]
    public void Primary_constructor() => Check("""
        [Message(1)]
        public partial struct Wrong(int x) { public int X => x; }
        """, "QCT0012(Wrong, a primary constructor, make the struct a record, or declare its members as fields)");

    [Fact]
    public void Explicit_layout() => Check("""
        [Message(1), System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)]
        public partial struct Wrong { [System.Runtime.InteropServices.FieldOffset(4)] public int X; [System.Runtime.InteropServices.FieldOffset(0)] public int Y; }
        """, "QCT0012(Wrong, offsets in memory, remove [StructLayout], and declare the members in the order of the wire)");

    [Fact]
    public void Inline_array() => Check("""
        [Message(1), System.Runtime.CompilerServices.InlineArray(4)]
        public partial struct Wrong { public int X; }
        """, "QCT0012(Wrong, an inline array, remove [InlineArray], and declare each element)");

    [Fact]
    public void Fields_in_two_parts() => Check("""
        [Message(1)]
        public partial struct Wrong { public int X; }
        public partial struct Wrong { public int Y; }
        """, "QCT0013(Wrong)");

    [Theory]
    [InlineData("ref partial struct Wrong { [Tail] public ReadOnlySpan<byte> X; public int Y; }", "X, declare it last")]
    [InlineData("ref partial struct Wrong { [Tail] public Span<byte> X; }", "X, declare it as ReadOnlySpan<byte>, or as WireSpan<T> for numbers")]
    [InlineData("ref partial struct Wrong { [Tail] public int X; }", "X, declare it as ReadOnlySpan<byte>, or as WireSpan<T> for numbers")]
    [InlineData("ref partial struct Wrong { [Tail] public ref ReadOnlySpan<byte> X; }", "X, declare it as ReadOnlySpan<byte>, or as WireSpan<T> for numbers", "CS9050")]
    [InlineData("ref partial struct Wrong { public int Y; [Tail] public int X => Y; }", "X, move it to a field")]
    [InlineData("partial record struct Wrong([property: Tail] int X);", "X, make Wrong a ref struct")]
    [InlineData("partial struct Wrong { [Tail] public ReadOnlySpan<byte> X; }", "X, make Wrong a ref struct", "CS8345")]
    [InlineData("partial struct Wrong { [field: Tail] public int X { get; set; } }", "X, make Wrong a ref struct")]
    public void Misplaced_tail(string declaration, string arguments, string? ownError = null)
        => Check("[Message(1)] public " + declaration, $"QCT0017({arguments})", ownError);

    [Fact]
    public void Two_tails() => Wrong.Check("""
        [Message(1)]
        public ref partial struct Wrong
        {
            [Tail] public ReadOnlySpan<byte> X;
            [Tail] public ReadOnlySpan<byte> Y;
        }
        """, ["QCT0017(X, declare it last)", "QCT0017(Y, keep one tail)"]);

    [Theory]
    [InlineData("partial class Wrong;")]
    [InlineData("partial record Wrong(int X);")]
    [InlineData("sealed partial class Wrong { public string Text = \"\"; }")]
    public void Class_without_a_format(string declaration) => Check("[Message(1)] public " + declaration, "QCT0030(Wrong)");

    [Fact]
    public void MessagePack_class_that_is_not_public() => Check("""
        [Message(1), MessagePackObject]
        internal partial class Wrong;
        """, "QCT0031(Wrong)");

    [Fact]
    public void MessagePack_class_in_one_that_is_not_public() => Wrong.Check("""
        internal static partial class Outer
        {
            [Message(1), MessagePackObject]
            public partial class Inner;

            public static SendResult Send(Peer peer, Inner message) => peer.Send(message);
        }
        """, ["QCT0031(Outer.Inner)"]);

    [Fact]
    public void Generic() => Wrong.Check("[Message(1)] public partial record struct Wrong<T>(int X);", ["QCT0033(Wrong<T>)"]);

    [Fact]
    public void In_a_generic_type() => Wrong.Check("public partial class Outer<T> { [Message(1)] public partial record struct Inner(int X); }", ["QCT0033(Outer<T>.Inner)"]);

    [Fact]
    public void Local_to_a_file() => Wrong.Check("[Message(1)] file partial record struct Hidden(int X);", ["QCT0033(Hidden)"]);

    [Fact]
    public void In_a_type_local_to_a_file()
        => Wrong.Check("file partial class Outer { [Message(1)] public partial record struct Inner(int X); }", ["QCT0033(Outer.Inner)"]);

    [Theory]
    [InlineData("partial record struct Wrong(int Reader);", "Reader")]
    [InlineData("partial record struct Wrong(int ToMessage);", "ToMessage")]
    [InlineData("partial record struct Wrong(int X) { public struct Reader; }", "Reader")]
    [InlineData("partial struct Wrong { public int X; public void Reader() { } }", "Reader")]
    [InlineData("partial struct Wrong { public int X; public Wrong(in byte x) { X = x; } }", "Wrong.Wrong(in byte)")]
    [InlineData("ref partial struct Wrong { [Tail] public ReadOnlySpan<byte> X; public Wrong(ref byte x, ReadOnlySpan<byte> y) { X = y; } }", "Wrong.Wrong(ref byte, ReadOnlySpan<byte>)")]
    public void Member_with_the_name_of_a_generated_one(string declaration, string member)
        => Check("[Message(1)] public " + declaration, $"QCT0034({member}, Wrong)");

    [Fact]
    public void Member_with_the_name_of_an_inherited_one() => Wrong.Check(
        "[Message(1)] public partial struct Wrong { public new int GetHashCode; }",
        ["QCT0034(GetHashCode, Wrong)"]);

    [Fact]
    public void Message_called_Reader() => Wrong.Check(
        "[Message(1)] public partial record struct Reader(int X); public static class Use { public static SendResult Send(Peer peer) => peer.Send(new Reader(1)); }",
        ["QCT0034(Reader, Reader)"]);

    [Fact]
    public void Interface_implemented_by_hand() => Wrong.Check("""
        [Message(1)]
        public partial struct Wrong : IMessage<Wrong>
        {
            static HeaderCodec IMessage<Wrong>.Header => MessageHeader.Codec;
            static long IMessage<Wrong>.Id => 1;
            static MessageRole IMessage<Wrong>.Role => MessageRole.None;
            static int IMessage<Wrong>.SizeOf(scoped in Wrong message) => 8;
            static void IMessage<Wrong>.WriteFrame(scoped in Wrong message, scoped Span<byte> frame, ulong correlation) { }
            static void IMessage<Wrong>.WriteBody(scoped in Wrong message, System.Buffers.IBufferWriter<byte> destination) { }
            static bool IMessage<Wrong>.TryRead(ReadOnlyMemory<byte> body, out Wrong message) { message = default; return true; }
            static bool IMessage<Wrong>.TryReadFrame(ReadOnlyMemory<byte> frame, out Wrong message) { message = default; return true; }
        }
        """, ["QCT0034(IMessage<Wrong>, Wrong)"]);

    [Fact]
    public void Static_class() => Wrong.Check("[Message(1), MessagePackObject] public static partial class Wrong;", ["QCT0035(Wrong)"]);

    [Fact]
    public void Abstract_class() => Check("[Message(1), MessagePackObject] public abstract partial class Wrong;", "QCT0035(Wrong)");

    [Fact]
    public void MessagePack_ref_struct() => Check("[Message(1), MessagePackObject] public ref partial struct Wrong { [Key(0)] public int X; }", "QCT0036(Wrong)");

    [Theory]
    [InlineData("[property: Obsolete(\"\", true)] int X")]
    [InlineData("[property: System.Diagnostics.CodeAnalysis.Experimental(\"EXP1\")] int X")]
    public void Member_that_the_compiler_lets_nobody_use(string parameter)
        => Check($"[Message(1)] public partial record struct Wrong({parameter});", "QCT0038(X, Wrong)");

    [Theory]
    [InlineData("[Obsolete(\"\", true)] public int X;")]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"EXP1\")] public int X { get; set; }")]
    public void Field_that_the_compiler_lets_nobody_use(string member)
        => Check($$"""[Message(1)] public partial struct Wrong { {{member}} public int Y; }""", "QCT0038(X, Wrong)");

    [Fact]
    public void One_attribute_on_two_parts() => Wrong.Check("""
        [Message(1)] public partial struct Twice { public int X; }
        [Message(2)] public partial struct Twice { }
        """, [], "CS0579");

    [Fact]
    public void Two_types_of_one_name() => Wrong.Check("""
        [Message(1)] public partial struct Twice { public int X; }
        [Message(2), MessagePackObject] public partial class Twice { }
        """, [], "CS0261");

    [Fact]
    public void Id_that_is_not_a_number() => Wrong.Check("[Message(\"one\")] public partial record struct Wrong(int X);", [], "CS1503");

    // A message that is called Wrong, and everything that other code does with a message.
    private static void Check(string declaration, string violation, string? ownErrors = null) => Wrong.Check($$"""
        {{declaration}}

        internal static class Use
        {
            public static SendResult? ReadAndSend(Peer peer) => MessageCodec.TryRead(ReadOnlyMemory<byte>.Empty, out Wrong message) ? peer.Send(message) : null;
        }

        [Processor]
        internal sealed partial class Lobby
        {
            public static object Server => new PeerServer(new Lobby());
            [Handles] void On(Peer peer, Wrong message) => peer.Send(message);
        }
        """, [violation], ownErrors is null ? [] : [ownErrors]);
}
