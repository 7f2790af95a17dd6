using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class VariablePartTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0060",
        "Member 'Name' of 'Note' is a misdeclared part of any length; give its length 1, 2, 3 or 4 bytes",
        """
        [Message(1)]
        public readonly ref partial struct Note
        {
            [LengthPrefix(5)] public readonly ReadOnlySpan<byte> {|#0:Name|};
        }
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Message(1)]
        public readonly ref partial struct Note
        {
            [LengthPrefix(2)] public readonly ReadOnlySpan<byte> Name;
        }
        """);
}
