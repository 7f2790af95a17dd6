using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Snapshots;

public sealed class Processor_files
{
    private const string Messages = """
        using System;
        using System.Threading.Tasks;
        using MessagePack;
        using QContinuum;

        namespace Game;

        [Message(1)]
        public readonly partial record struct Move(int Entity, float X, float Y);

        [Message(-2)]
        public readonly ref partial struct Blob
        {
            [Tail]
            public readonly ReadOnlySpan<byte> Data;
        }

        [Message(3), MessagePackObject]
        public sealed partial class Chat
        {
            [Key(0)]
            public string Text { get; init; } = "";
        }

        """;

    [Fact]
    public void Every_kind_of_handler() => Match("""
        [Processor(Threading.Inline)]
        public sealed partial class Lobby
        {
            [Opened] private Player? Joined(Peer peer) => new();
            [Handles] private void On(Peer peer, Player player, in MessageHeader header, Move.Reader move) { }
            [Handles] private static void On(Peer peer, in Blob blob) => peer.Send(blob);
            [Handles] private async Task @base(Peer peer, Chat chat) => await peer.SendAsync(chat);
            [Unhandled] private void Other(Peer peer, Player player, in MessageHeader header, ReadOnlySpan<byte> body) { }
            [Closed] private ValueTask Left(Peer peer, CloseReason reason) => default;

            private sealed class Player;
        }
        """);

    [Fact]
    public void No_handler() => Match("""
        public partial interface IRooms
        {
            [Processor]
            public partial class Empty;
        }
        """);

    [Fact]
    public void Handlers_that_break_a_rule_are_left_out() => Match("""
        [Processor]
        public sealed partial class Lobby
        {
            [Handles] private int Returns(Peer peer, Blob blob) => 1;
            [Handles] private void First(Peer peer, in Move move) { }
            [Handles] private void Second(Peer peer, Move.Reader move) { }
            [Handles] private async void Forgotten(Peer peer, Chat chat) => await Task.Yield();
            [Handles] private void NoMessage(Peer peer, int number) { }
            [Opened] private void One(Peer peer) { }
            [Opened] private void Two(Peer peer) { }
        }
        """);

    private static void Match(string source, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
        => Snapshot.Match(UserProject.Generate(Messages + source), "Processor", method: method);
}
