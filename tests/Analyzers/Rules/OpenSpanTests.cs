using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class OpenSpanTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0061",
        "Member 'Name' of 'Note' is a span, and nothing says where it ends; add [LengthPrefix], [SizedBy], [CountedBy] or [ZeroTerminated], or [Tail] to the last one",
        """
        [Message(1)]
        public readonly ref partial struct Note
        {
            public readonly ReadOnlySpan<byte> {|#0:Name|};
            [Tail] public readonly ReadOnlySpan<byte> Text;
        }
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Message(1)]
        public readonly ref partial struct Note
        {
            [LengthPrefix(1)] public readonly ReadOnlySpan<byte> Name;
            [Tail] public readonly ReadOnlySpan<byte> Text;
        }
        """);
}
