using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class StateOutsideLayoutTests
{
    [Fact]
    public Task The_message_names_the_state() => Verify.Says(
        "QCT0012",
        "'Speed' is state that the layout of the message has no place for",
        """
        [Message(1)]
        public readonly partial record struct Move(int Entity)
        {
            public readonly int {|#0:Speed|} = 1;
        }
        """);
}
