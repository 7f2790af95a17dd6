using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.WireStructDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class WireStructNotFixedTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0065",
        "Member 'Name' of wire struct 'Point' has type 'string', which has no fixed size on the wire; use a number, bool, enum, Guid, [WireStruct] or inline array",
        """
        [WireStruct]
        public readonly partial record struct Point(float X, string {|#0:Name|});
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [WireStruct]
        public readonly partial record struct Point(float X, float Y);

        [Message(1)]
        public readonly partial record struct Line(Point From, Point To);
        """);
}
