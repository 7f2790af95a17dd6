using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class MisplacedOmittableTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0062",
        "Member 'Angle' of 'Move' follows an omittable member, so that a reader could not tell which of them is missing; add [Omittable] to 'Angle', or move it forward",
        """
        [Message(1)]
        public readonly partial record struct Move(int Entity, [Omittable] float Speed, float {|#0:Angle|});
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Message(1)]
        public readonly partial record struct Move(int Entity, float Angle, [Omittable] float Speed);
        """);
}
