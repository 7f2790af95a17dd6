namespace QContinuum.Generator.Tests.Declarations;

public sealed class Wrong_processors_show_only_our_rules
{
    private const string Messages = """
        [Message(1)] public readonly partial record struct Move(int Entity);
        [Message(1)] public readonly partial record struct Walk(int Entity);
        [Message(2)] public readonly ref partial struct Blob { [Tail] public readonly ReadOnlySpan<byte> Data; }
        [Message(3), MessagePackObject] public sealed partial class Chat;


        """;

    // The message is the user's last parameter, or stands for it.
    private static string ExpectedHandler(string name, string message = "TMessage")
        => $"void, ValueTask, Task or the reply {name}(Peer peer, [TState state,] [in MessageHeader header,] {message} message)";

    [Fact]
    public void Not_partial() => Wrong.Check("""
        [Processor] public class Lobby;
        public static class Use { public static object Server => new PeerServer(new Lobby()); }
        """, ["QCT0001(Lobby)"], "CS1503");

    [Theory]
    [InlineData("void M()")]
    [InlineData("void M(Peer peer)")]
    [InlineData("void M(Move move)")]
    [InlineData("void M(Move move, Peer peer)")]
    [InlineData("void M(in Peer peer, Move move)")]
    [InlineData("void M(Peer peer, out Move move) { move = default; } void N()")]
    [InlineData("void M(Peer peer, ref Move move)")]
    [InlineData("void M(Peer peer, Move move, Move again)")]
    [InlineData("void M(Peer peer, in string state, Move move)")]
    [InlineData("void M(Peer peer, Chat state, Move move)")]
    [InlineData("void M(Peer peer, int state, Move move)")]
    [InlineData("void M(Peer peer, MessageHeader header, string state, Move move)")]
    [InlineData("void M<T>(Peer peer, Move move)")]
    [InlineData("void M<T>(Peer peer, T state, Move move) where T : class")]
    [InlineData("int M(Peer peer, Move move) => 1; void N()")]
    [InlineData("async Task<int> M(Peer peer, Move move) { await Task.Yield(); return 1; } void N()")]
    [InlineData("ValueTask<int> M(Peer peer, Move move) => default; void N()")]
    [InlineData("ref int M(Peer peer, Move move) => ref X[0]; int[] X = []; void N()")]
    public void Handler_of_another_signature(string method) => CheckMember($"[Handles] {method} {{ }}", $"QCT1001(M, {ExpectedHandler("M", LastParameterOf(method))})");

    // Nothing can be sent for null.
    [Theory]
    [InlineData("Chat? M(Peer peer, Move move) => null; void N() { }", "Chat")]
    [InlineData("async Task<Chat?> M(Peer peer, Move move) { await Task.Yield(); return null; }", "Task<Chat>")]
    [InlineData("ValueTask<Chat?> M(Peer peer, Move move) => default; void N() { }", "ValueTask<Chat>")]
    public void Reply_that_may_be_null(string method, string reply)
        => CheckMember($"[Handles] {method}", $"QCT1001(M, {reply} M(Peer peer, [TState state,] [in MessageHeader header,] Move message))");

    private static string LastParameterOf(string method)
    {
        int open = method.IndexOf('(', StringComparison.Ordinal);
        string[] last = method[(open + 1)..method.IndexOf(')', open)].Split(',')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return last.Length < 2 || last[^2] == "Peer" ? "TMessage" : last[^2];
    }

    [Fact]
    public void Handler_that_is_an_accessor() => CheckMember("int P { [Handles] get; }", $"QCT1001(get_P, {ExpectedHandler("get_P")})");

    [Fact]
    public void Handler_that_implements_an_interface_explicitly() => Wrong.Check(Messages + """
        public interface IHandler { void M(Peer peer, Move move); }

        [Processor]
        public partial class Lobby : IHandler { [Handles] void IHandler.M(Peer peer, Move move) { } }

        public static class Use { public static object Server => new PeerServer(new Lobby()); }
        """, [$"QCT1001(IHandler.M, {ExpectedHandler("IHandler.M", "Move")})"]);

    [Theory]
    [InlineData("[Opened] int M(Peer peer) => 1;", "void, ValueTask, Task or an object M(Peer peer)")]
    [InlineData("[Opened] Task<string> M(Peer peer) => null!;", "void, ValueTask, Task or an object M(Peer peer)")]
    [InlineData("[Opened] void M() { }", "void, ValueTask, Task or an object M(Peer peer)")]
    [InlineData("[Closed] int M(Peer peer) => 1;", "void, ValueTask or Task M(Peer peer, [TState state,] CloseReason reason)")]
    [InlineData("[Closed] void M(Peer peer, CloseReason reason, string state) { }", "void, ValueTask or Task M(Peer peer, [TState state,] CloseReason reason)")]
    [InlineData("[Unhandled] void M(Peer peer, ReadOnlySpan<byte> body) { }", "void, ValueTask or Task M(Peer peer, [TState state,] in MessageHeader header, ReadOnlySpan<byte> body)")]
    [InlineData("[Unhandled] ValueTask<Move> M(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body) => default;", "void, ValueTask or Task M(Peer peer, [TState state,] in MessageHeader header, ReadOnlySpan<byte> body)")]
    [InlineData("[Unhandled] void M(Peer peer, MessageHeader header, Span<byte> body) { }", "void, ValueTask or Task M(Peer peer, [TState state,] in MessageHeader header, ReadOnlySpan<byte> body)")]
    public void Event_of_another_signature(string member, string expected) => CheckMember(member, $"QCT1001(M, {expected})");

    [Theory]
    [InlineData("[Handles] void A(Peer peer, Move move) { } [Handles] void B(Peer peer, in Move move) { }", "Move")]
    [InlineData("[Handles] void A(Peer peer, Move move) { } [Handles] void B(Peer peer, Move.Reader move) { }", "Move")]
    [InlineData("[Handles] void A(Peer peer, Move move) { } [Handles] void B(Peer peer, Walk walk) { }", "Walk")]
    public void Message_handled_twice(string members, string message) => CheckMember(members, $"QCT1002({message}, A, B, Lobby)");

    [Theory]
    [InlineData("[Opened] void A(Peer peer) { } [Opened] void B(Peer peer) { }", "[Opened]")]
    [InlineData("[Closed] void A(Peer peer) { } [Closed] void B(Peer peer) { }", "[Closed]")]
    [InlineData(
        "[Unhandled] void A(Peer peer, MessageHeader header, ReadOnlySpan<byte> body) { } [Unhandled] void B(Peer peer, MessageHeader header, ReadOnlySpan<byte> body) { }",
        "[Unhandled]")]
    public void Event_repeated(string members, string attribute) => CheckMember(members, $"QCT1003(B, {attribute})");

    [Theory]
    [InlineData("int")]
    [InlineData("string")]
    [InlineData("Peer")]
    [InlineData("MessageHeader")]
    [InlineData("int[]")]
    [InlineData("ReadOnlySpan<byte>")]
    public void Handler_of_what_is_not_a_message(string type) => CheckMember($"[Handles] void M(Peer peer, {type} x) {{ }}", $"QCT1004(M, {type})");

    [Fact]
    public void Handler_of_the_reader_of_a_view() => CheckMember("[Handles] void M(Peer peer, Blob.Reader blob) { }", "QCT1004(M, Blob.Reader)", "CS0426");

    [Theory]
    [InlineData("[Handles] async void M(Peer peer, Move move) => await Task.Yield();")]
    [InlineData("[Opened] async void M(Peer peer) => await Task.Yield();")]
    [InlineData("[Closed] async void M(Peer peer, CloseReason reason) => await Task.Yield();")]
    [InlineData("[Handles] private partial void M(Peer peer, Move move); private async partial void M(Peer peer, Move move) => await Task.Yield();")]
    public void Async_void(string member) => CheckMember(member, "QCT1005(M)");

    [Fact]
    public void Base_class() => Wrong.Check(Messages + """
        public class Room;

        [Processor]
        public partial class Lobby : Room { [Handles] void On(Peer peer, Move move) { } }
        """, ["QCT1011(Lobby, Room)"]);

    [Fact]
    public void Base_class_that_does_not_exist() => Wrong.Check(Messages + """
        [Processor]
        public partial class Lobby : Missing { [Handles] void On(Peer peer, Move move) { } }
        """, [], "CS0246");

    [Theory]
    [InlineData("[Handles, Obsolete(\"\", true)] void M(Peer peer, Move move) { }", "M")]
    [InlineData("[Opened, System.Diagnostics.CodeAnalysis.Experimental(\"EXP1\")] void M(Peer peer) { }", "M")]
    public void Handler_that_the_compiler_lets_nobody_call(string member, string unusable) => CheckMember(member, $"QCT1012(M, {unusable})");

    [Fact]
    public void Static_class() => Wrong.Check("[Processor] public static partial class Lobby;", ["QCT1013(Lobby)"]);

    [Fact]
    public void Record() => Wrong.Check("[Processor] public partial record Lobby;", ["QCT1013(Lobby)"]);

    [Fact]
    public void Generic() => Wrong.Check("[Processor] public partial class Lobby<T>;", ["QCT0033(Lobby<T>)"]);

    [Fact]
    public void Local_to_a_file() => Wrong.Check("[Processor] file partial class Lobby;", ["QCT0033(Lobby)"]);

    [Fact]
    public void Member_with_the_name_of_a_generated_one()
        => CheckMember("protected override Threading DispatchThreading => Threading.Inline;", "QCT0034(DispatchThreading, Lobby)");

    [Fact]
    public void Method_with_the_signature_of_a_generated_one()
        => CheckMember("protected override void DispatchOpened(Peer peer) { }", "QCT0034(DispatchOpened, Lobby)");

    [Fact]
    public void Processor_with_the_name_of_a_generated_member() => Wrong.Check("[Processor] public partial class DispatchOpened;", ["QCT0034(DispatchOpened, DispatchOpened)"]);

    [Fact]
    public void Handler_of_a_message_for_which_nothing_can_be_generated() => Wrong.Check("""
        [Message(1)] public partial record struct Generic<T>(int X);

        [Processor]
        public partial class Lobby { [Handles] void On(Peer peer, Generic<int> message) { } }

        public static class Use { public static object Server => new PeerServer(new Lobby()); }
        """, ["QCT0033(Generic<T>)"]);

    [Fact]
    public void Handler_of_a_message_whose_id_is_out_of_range() => Wrong.Check("""
        [Message(0x1_0000_0001)] public partial record struct Far(int X);
        [Message(1)] public partial record struct Near(int X);

        [Processor]
        public partial class Lobby
        {
            [Handles] void On(Peer peer, Far message) { }
            [Handles] void On(Peer peer, Near message) { }
        }
        """, ["QCT0003(4294967297, Far, MessageHeader, ids from -2147483648 to 2147483647)"]);

    [Fact]
    public void Handler_of_the_reader_of_a_wrong_message() => Wrong.Check("""
        [Message(1)] public partial record struct Wrong(int X, string Y);

        [Processor]
        public partial class Lobby
        {
            [Handles] void On(Peer peer, Wrong.Reader message) => peer.Send(new Wrong(message.X, message.ToMessage().Y));
        }
        """, ["QCT0005(Y, Wrong, string)"]);

    [Fact]
    public void One_attribute_on_two_parts() => Wrong.Check("""
        [Processor] public partial class Lobby { }
        [Processor] public partial class Lobby { }
        """, [], "CS0579");

    private const string Device = """
        [Header(ByteOrder.LittleEndian)] public readonly partial record struct DeviceHeader([Length] ushort Length, [Correlation] ushort Tag, [MessageId] byte Kind);
        [Header(ByteOrder.LittleEndian)] public readonly partial record struct AnswerHeader([Length] ushort Length, [MessageId] byte Kind);
        [Message<DeviceHeader>(1)] public readonly partial record struct Ask(int X);
        [Message<DeviceHeader>(1, IsReply = true)] public readonly partial record struct Say(int X);
        [Message<DeviceHeader>(1, IsFault = true)] public readonly partial record struct Fail(int X);
        [Message<AnswerHeader>(1)] public readonly partial record struct Answer(int X);


        """;

    [Theory]
    [InlineData("DeviceHeader", "[Handles] void M(Peer peer, Answer m) { }", "Answer, AnswerHeader, DeviceHeader")]
    [InlineData("DeviceHeader", "[Handles] void M(Peer peer, Move m) { }", "Move, MessageHeader, DeviceHeader")]
    [InlineData("DeviceHeader", "[Handles] void M(Peer peer, Owned<Move> m) { }", "Move, MessageHeader, DeviceHeader")]
    [InlineData("DeviceHeader", "[Handles] void M(Peer peer, Move.Reader m) { }", "Move, MessageHeader, DeviceHeader")]
    [InlineData("DeviceHeader", "[Handles] Answer M(Peer peer, Ask m) => default;", "Answer, AnswerHeader, DeviceHeader")]
    [InlineData("DeviceHeader", "[Handles] Task<Chat> M(Peer peer, Ask m) => null!;", "Chat, MessageHeader, DeviceHeader")]
    [InlineData("DeviceHeader, AnswerHeader", "[Handles] Ask M(Peer peer, Ask m) => default;", "Ask, DeviceHeader, AnswerHeader")]
    [InlineData("DeviceHeader, AnswerHeader", "[Handles] void M(Peer peer, Answer m) { }", "Answer, AnswerHeader, DeviceHeader")]
    [InlineData("MessageHeader", "[Handles] void M(Peer peer, Ask m) { }", "Ask, DeviceHeader, MessageHeader")]
    public void Message_of_another_header(string headers, string member, string arguments)
        => CheckOf(headers, member, $"QCT1020(M, {arguments})");

    [Theory]
    [InlineData("DeviceHeader", "[Handles] void M(Peer peer, in MessageHeader header, Ask m) { }", "Ask")]
    [InlineData("DeviceHeader, AnswerHeader", "[Handles] void M(Peer peer, in AnswerHeader header, Ask m) { }", "Ask")]
    [InlineData("DeviceHeader", "[Handles] ValueTask<int> M(Peer peer, Ask m) => default;", "Ask")]
    [InlineData("DeviceHeader", "[Handles] ref Say M(Peer peer, Ask m) => ref X[0]; Say[] X = [];", "Ask")]
    [InlineData("DeviceHeader", "[Handles] Say? M(Peer peer, Ask m) => null;", "Ask")]
    [InlineData("DeviceHeader", "[Handles] Owned<Say> M(Peer peer, Ask m) => default;", "Ask")]
    public void Handler_of_a_header_of_another_signature(string headers, string member, string message)
        => CheckOf(headers, member, $"QCT1001(M, void, ValueTask, Task or the reply M(Peer peer, [TState state,] [in DeviceHeader header,] {message} message))");

    [Fact]
    public void Unhandled_of_another_header() => CheckOf(
        "DeviceHeader, AnswerHeader",
        "[Unhandled] void M(Peer peer, in AnswerHeader header, ReadOnlySpan<byte> body) { }",
        "QCT1001(M, void, ValueTask or Task M(Peer peer, [TState state,] in DeviceHeader header, ReadOnlySpan<byte> body))");

    /// <summary>Nothing in this header tells the three apart: of one id only one can be handled.</summary>
    [Theory]
    [InlineData("Say")]
    [InlineData("Fail")]
    [InlineData("Owned<Say>")]
    public void Messages_that_a_header_does_not_tell_apart(string type) => CheckOf(
        "DeviceHeader",
        $"[Handles] void A(Peer peer, Ask m) {{ }} [Handles] void B(Peer peer, {type} m) {{ }}",
        $"QCT1002({type.Replace("Owned<", "", StringComparison.Ordinal).TrimEnd('>')}, A, B, Lobby)");

    [Fact]
    public void Header_that_is_none() => Wrong.Check("""
        [Processor<int>] public partial class Lobby { [Handles] void On(Peer peer, int x) { } }
        [Processor<MessageHeader, long>] public partial class Hall;
        public static class Use { public static object Server => new PeerServer(new Lobby()); }
        """, ["QCT0067(Lobby, int)", "QCT0067(Hall, long)"]);

    [Fact]
    public void Header_that_does_not_exist() => Wrong.Check("""
        [Processor<Missing>] public partial class Lobby { [Handles] void On(Peer peer, int x) { } }
        public static class Use { public static object Server => new PeerServer(new Lobby()); }
        """, [], "CS0246");

    /// <summary>What is wrong with a header is said at the header.</summary>
    [Theory]
    [InlineData("[Header(ByteOrder.LittleEndian)] public readonly record struct H([Length] ushort Length, [MessageId] byte Kind);", "QCT0001(H)")]
    [InlineData("[Header(ByteOrder.LittleEndian)] public readonly partial struct H;", "QCT0040(H, make it a record struct, whose parameters are the fields on the wire)")]
    [InlineData("[Header(ByteOrder.LittleEndian)] file readonly partial record struct H([Length] ushort Length, [MessageId] byte Kind);", "QCT0033(H)", "CS9051")]
    [InlineData("[Header(ByteOrder.LittleEndian)] public readonly partial record struct H([Length] string Length, [MessageId] byte Kind);", "QCT0041(Length, H, string, use an integer, bool, enum, floating-point number or Guid)")]
    public void Header_that_breaks_a_rule(string header, string violation, params string[] ownErrors) => Wrong.Check(header + """

        [Message<H>(1)] public readonly partial record struct Ask(int X);
        [Processor<H>] public partial class Lobby
        {
            [Handles] Ask On(Peer peer, in H header, Ask x) => x;
            [Unhandled] void Other(Peer peer, in H header, ReadOnlySpan<byte> body) { }
        }
        [Processor<MessageHeader, H>] public partial class Hall { [Handles] Ask On(Peer peer, Move x) => default; }
        [Message(1)] public readonly partial record struct Move(int Entity);
        public static class Use { public static object Server => new PeerServer(new Lobby()); }
        """, [violation], ownErrors);

    /// <summary>One that is written by hand is said where it is used: it has no attribute that a rule could look at.</summary>
    [Fact]
    public void Header_written_by_hand_that_no_other_file_can_name() => Wrong.Check("""
        file struct Hand : IHeader<Hand>
        {
            public static HeaderCodec Codec { get; } = HeaderCodec.Of<Hand>();
            public static int Size => 1;
            public static FrameStatus TryReadFrame(ReadOnlySpan<byte> bytes, int maxBody, out Hand header, out FrameExtent extent) => throw new NotSupportedException();
            public static Hand Create(long id, ulong correlation, MessageRole role) => default;
            public static void Write(scoped in Hand header, int body, scoped Span<byte> frame) { }
        }

        [Message<Hand>(1)] public readonly partial record struct Ask(int X);
        [Processor<Hand>] public partial class Lobby { [Handles] void On(Peer peer, Ask ask) { } }
        """, ["QCT0033(Hand)", "QCT0033(Hand)"]);

    /// <summary>What is wrong with a reply is said at the reply.</summary>
    [Theory]
    [InlineData("[Message<DeviceHeader>(2, IsReply = true)] public record struct W(int X);", "QCT0001(W)")]
    [InlineData("[Message<DeviceHeader>(2, IsReply = true)] public partial class W;", "QCT0030(W)")]
    [InlineData("[Message<DeviceHeader>(2, IsReply = true)] public partial record struct W(string X);", "QCT0005(X, W, string)")]
    [InlineData("[Message<DeviceHeader>(999, IsReply = true)] public partial record struct W(int X);", "QCT0003(999, W, DeviceHeader, ids from 0 to 255)")]
    public void Reply_that_breaks_a_rule(string reply, string violation) => Wrong.Check(Device + $$"""
        {{reply}}
        [Message<DeviceHeader>(3)] public readonly partial record struct Other(int X);
        [Message<DeviceHeader>(4)] public readonly partial record struct Third(int X);
        [Processor<DeviceHeader>] public partial class Lobby
        {
            [Handles] W A(Peer peer, Ask m) => default!;
            [Handles] ValueTask<W> B(Peer peer, Other m) => default!;
            [Handles] Task<W> C(Peer peer, Third m) => default!;
        }
        """, [violation]);

    /// <summary>Nobody but the user can use what the compiler lets nobody use.</summary>
    [Fact]
    public void Owned_message_that_the_compiler_lets_nobody_use() => Wrong.Check("""
        #pragma warning disable EXP1
        [Message(1), System.Diagnostics.CodeAnalysis.Experimental("EXP1")] public readonly ref partial struct Odd { [Tail] public readonly ReadOnlySpan<byte> Data; }
        [Processor] public partial class Lobby { [Handles] void M(Peer peer, Owned<Odd> odd) { } }
        """, ["QCT1012(M, Odd)"]);

    /// <summary>Wherever in a type it stands.</summary>
    [Theory]
    [InlineData("Odd")]
    [InlineData("Odd[]")]
    [InlineData("System.Collections.Generic.List<Odd[]>")]
    [InlineData("System.Collections.Generic.List<Odd>.Enumerator[]")]
    [InlineData("Odd.Inner")]
    public void State_that_the_compiler_lets_nobody_use(string state) => Wrong.Check($$"""
        #pragma warning disable EXP1
        [Message(1)] public readonly partial record struct Move(int Entity);
        [System.Diagnostics.CodeAnalysis.Experimental("EXP1")] public sealed class Odd { public sealed class Inner; }
        [Processor] public partial class Lobby { [Handles] void M(Peer peer, {{state}} state, Move move) { } }
        """, ["QCT1012(M, Odd)"]);

    [Fact]
    public void Owned_of_a_type_that_does_not_exist() => CheckMember(
        "[Handles] void M(Peer peer, Owned<Missing> x) { }",
        [],
        "CS0246");

    private static void CheckOf(string headers, string member, string violation) => Wrong.Check(
        Messages + Device + $$"""
        [Processor<{{headers}}>] public sealed partial class Lobby { {{member}} }
        public static class Use { public static object Server => new PeerServer(new Lobby()); }
        """,
        [violation]);

    private static void CheckMember(string member, string violation, params string[] ownErrors) => CheckMember(member, [violation], ownErrors);

    private static void CheckMember(string member, string[] violations, params string[] ownErrors) => Wrong.Check(
        Messages + $$"""
        [Processor]
        public sealed partial class Lobby
        {
            {{member}}
            [Handles] void On(Peer peer, Chat chat) { }
        }

        public static class Use { public static object Server => new PeerServer(new Lobby()); }
        """,
        violations,
        ownErrors);
}
