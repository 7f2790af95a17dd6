using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class ValidatedNotEnumTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0063",
        "Member 'Day' has [Validated] and is of type 'byte', which declares no values; remove the attribute, or make 'Day' an enum",
        """
        [Message(1)]
        public readonly partial record struct Alarm([Validated] byte {|#0:Day|});
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Message(1)]
        public readonly partial record struct Alarm([Validated] DayOfWeek Day);
        """);
}
