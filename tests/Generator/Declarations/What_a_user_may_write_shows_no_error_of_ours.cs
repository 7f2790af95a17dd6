using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Declarations;

/// <summary>Handlers that the compiler takes: either they compile without a word in a generated file, or one of our rules says why not.</summary>
public sealed class What_a_user_may_write_shows_no_error_of_ours
{
    [Theory]
    [InlineData("[Handles] Chat? On(Peer peer, in Move move) => null;")]
    [InlineData("[Handles] async Task<Chat?> On(Peer peer, Move move) { await Task.Yield(); return null; }")]
    [InlineData("[Handles] ValueTask<Chat?> On(Peer peer, Move move) => default;")]
    [InlineData("\n#nullable disable\n[Handles] Chat On(Peer peer, in Move move) => null;")]
    [InlineData("[Handles] void On(Peer peer, dynamic state, in Move move) { }")]
    [InlineData("[Handles] void On(Peer peer, dynamic state, Blob blob) { }")]
    [InlineData("[Closed] void Left(Peer peer, dynamic? state, CloseReason reason) { }")]
    [InlineData("\n#pragma warning disable EXP1\n[Handles] void On(Peer peer, Odd[] state, in Move move) { }")]
    [InlineData("\n#pragma warning disable EXP1\n[Closed] void Left(Peer peer, System.Collections.Generic.List<Odd> state) { }")]
    public void Nothing_stands_in_a_generated_file(string member)
    {
        Generated generated = UserProject.Generate($$"""
            using System;
            using System.Threading.Tasks;
            using MessagePack;
            using QContinuum;

            [Message(1)] public readonly partial record struct Move(int Entity);
            [Message(2)] public readonly ref partial struct Blob { [Tail] public readonly ReadOnlySpan<byte> Data; }
            [Message(3), MessagePackObject] public sealed partial class Chat;
            [System.Diagnostics.CodeAnalysis.Experimental("EXP1")] public sealed class Odd;
            [Processor] public sealed partial class Lobby { {{member}} }
            """);

        Assert.Empty(generated.DiagnosticsInGeneratedFiles);
    }
}
