using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.ProcessorDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class HandlerSignatureTests
{
    [Fact]
    public Task The_message_names_the_handler_and_shows_the_signature() => Verify.Says(
        "QCT1001",
        "Handler 'On' has a signature that its processor cannot call; declare it as 'void, ValueTask, Task or the reply On(Peer peer, [TState state,] [in MessageHeader header,] Move message)'",
        Lobby("[Handles] private void {|#0:On|}(Move move) { }"));

    [Theory]
    [InlineData("[Opened] private void {|QCT1001:Joined|}() { }")]
    [InlineData("[Opened] private void {|QCT1001:Joined|}(Peer peer, int number) { }")]
    [InlineData("[Opened] private int {|QCT1001:Joined|}(Peer peer) => 1;")]
    [InlineData("[Handles] private void {|QCT1001:On|}(Peer peer) { }")]
    [InlineData("[Handles] private int {|QCT1001:On|}(Peer peer, Move move) => 1;")]
    [InlineData("[Handles] private void {|QCT1001:On|}<T>(Peer peer, Move move) { }")]
    [InlineData("[Handles] private void {|QCT1001:On|}(Peer peer, ref Move move) { }")]
    [InlineData("[Unhandled] private void {|QCT1001:Other|}(Peer peer, in MessageHeader header) { }")]
    [InlineData("[Unhandled] private void {|QCT1001:Other|}(Peer peer, in MessageHeader header, byte[] body) { }")]
    [InlineData("[Closed] private void {|QCT1001:Left|}(CloseReason reason) { }")]
    [InlineData("[Closed] private bool {|QCT1001:Left|}(Peer peer, CloseReason reason) => true;")]
    public Task A_signature_that_cannot_be_called_is_reported(string handler) => Verify.Reports(Lobby(handler));

    [Theory]
    [InlineData("[Opened] private void Joined(Peer peer) { }")]
    [InlineData("[Opened] private ValueTask Joined(Peer peer) => default;")]
    [InlineData("[Opened] private Player Joined(Peer peer) => new();")]
    [InlineData("[Handles] private void On(Peer peer, Move move) { }")]
    [InlineData("[Handles] private void On(Peer peer, in Move move) { }")]
    [InlineData("[Handles] private void On(Peer peer, Move.Reader move) { }")]
    [InlineData("[Handles] private void On(Peer peer, Player player, in Move move) { }")]
    [InlineData("[Handles] private void On(Peer peer, in MessageHeader header, in Move move) { }")]
    [InlineData("[Handles] private void On(Peer peer, Player player, in MessageHeader header, Move move) { }")]
    [InlineData("[Handles] private async ValueTask On(Peer peer, Player player, Move move) => await Task.Yield();")]
    [InlineData("[Handles] private void On(Peer peer, Blob blob) { }")]
    [InlineData("[Unhandled] private void Other(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body) { }")]
    [InlineData("[Closed] private void Left(Peer peer) { }")]
    [InlineData("[Closed] private void Left(Peer peer, CloseReason reason) { }")]
    [InlineData("[Closed] private async ValueTask Left(Peer peer, Player player, CloseReason reason) => await Task.Yield();")]
    public Task A_signature_that_can_be_called_is_not(string handler) => Verify.Reports(Lobby(handler));

    private static string Lobby(string handler) =>
        $$"""
        [Message(1)]
        public readonly partial record struct Move(int Entity);

        [Message(2)]
        public readonly ref partial struct Blob
        {
            [Tail] public readonly ReadOnlySpan<byte> Data;
        }

        public sealed class Player;

        [Processor]
        public sealed partial class Lobby
        {
            {{handler}}
        }
        """;
}
