using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class NameTakenTests
{
    [Fact]
    public Task The_message_names_the_member_and_the_type() => Verify.Says(
        "QCT0034",
        "Member 'Reader' of 'Move' has the name of a member that is generated; rename it",
        """
        [Message(1)]
        public readonly partial record struct Move(int Entity, int {|#0:Reader|});
        """);
}
