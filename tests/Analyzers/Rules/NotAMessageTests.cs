using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.ProcessorDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class NotAMessageTests
{
    [Fact]
    public Task The_message_names_the_handler_and_the_type() => Verify.Says(
        "QCT1004",
        "Handler 'On' takes 'Move', which is not a message; add [Message] with an id to 'Move', or take a type that has it",
        """
        public readonly record struct Move(int Entity);

        [Processor]
        public sealed partial class Lobby
        {
            [Handles] private void {|#0:On|}(Peer peer, Move move) { }
        }
        """);
}
