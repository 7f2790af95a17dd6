using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.ProcessorDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class HandledTwiceTests
{
    [Fact]
    public Task The_message_names_the_message_both_handlers_and_the_processor() => Verify.Says(
        "QCT1002",
        "Processor 'Lobby' has two handlers for the id of 'Move', 'On' and 'Also'; keep one of them",
        Lobby("[Handles] private void On(Peer peer, Move move) { } [Handles] private void {|#0:Also|}(Peer peer, Move move) { }"));

    [Theory]
    [InlineData("in Move move")]
    [InlineData("Move.Reader move")]
    [InlineData("Player player, Move move")]
    [InlineData("Stop stop")]
    public Task However_it_is_taken_an_id_has_one_handler(string parameters) => Verify.Reports(
        Lobby($"[Handles] private void On(Peer peer, Move move) {{ }} [Handles] private void {{|QCT1002:On|}}(Peer peer, {parameters}) {{ }}"));

    [Fact]
    public Task Different_ids_have_different_handlers() => Verify.Reports(
        Lobby("[Handles] private void On(Peer peer, Move move) { } [Handles] private void On(Peer peer, Turn turn) { }"));

    private static string Lobby(string handlers) =>
        $$"""
        [Message(1)]
        public readonly partial record struct Move(int Entity);

        [Message(1)]
        public readonly partial record struct Stop(int Entity);

        [Message(2)]
        public readonly partial record struct Turn(int Entity);

        public sealed class Player;

        [Processor]
        public sealed partial class Lobby
        {
            {{handlers}}
        }
        """;
}
