using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class UnusableMemberTests
{
    [Fact]
    public Task The_message_names_the_member_and_the_type() => Verify.Says(
        "QCT0038",
        "Member 'Speed' of 'Move', or its type, is experimental or obsolete as an error, so that generated code cannot use it; remove that attribute or the member",
        """
        [Message(1)]
        public partial struct Move
        {
            public int Entity;

            [Obsolete("derived", error: true)]
            public int {|#0:Speed|};
        }
        """);
}
