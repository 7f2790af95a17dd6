using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class FieldsSpreadOverPartsTests
{
    [Fact]
    public Task The_message_names_the_type() => Verify.Says(
        "QCT0013",
        "The members of 'Move' are spread over several partial declarations, so that they have no order on the wire; move them into one",
        """
        [Message(1)]
        public partial struct {|#0:Move|}
        {
            public int Entity;
        }

        public partial struct Move
        {
            public float X;
        }
        """);

    [Fact]
    public Task What_is_not_on_the_wire_may_stand_anywhere() => Verify.Reports(
        """
        [Message(1)]
        public partial struct Move
        {
            public const int Size = 4;
            public int Entity;
        }

        public partial struct Move
        {
            public static readonly Move None;
            public readonly bool IsNone => Entity == 0;
        }
        """);
}
