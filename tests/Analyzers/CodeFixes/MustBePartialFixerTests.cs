using VerifyMessages = QContinuum.Analyzers.Tests.Testing.Fix<QContinuum.Analyzers.MessageDeclarationAnalyzer, QContinuum.CodeFixes.MustBePartialFixer>;
using VerifyProcessors = QContinuum.Analyzers.Tests.Testing.Fix<QContinuum.Analyzers.ProcessorDeclarationAnalyzer, QContinuum.CodeFixes.MustBePartialFixer>;

namespace QContinuum.Analyzers.Tests.CodeFixes;

public class MustBePartialFixerTests
{
    [Theory]
    [InlineData("public readonly record struct {|QCT0001:Move|}(int Entity);", "public readonly partial record struct Move(int Entity);")]
    [InlineData("record struct {|QCT0001:Move|}(int Entity);", "partial record struct Move(int Entity);")]
    [InlineData("struct {|QCT0001:Move|} { public int Entity; }", "partial struct Move { public int Entity; }")]
    [InlineData("readonly ref struct {|QCT0001:Move|} { [Tail] public readonly ReadOnlySpan<byte> Data; }", "readonly ref partial struct Move { [Tail] public readonly ReadOnlySpan<byte> Data; }")]
    public Task The_modifier_is_added_where_the_language_wants_it(string declaration, string mended)
        => VerifyMessages.Turns($"// First.\n[Message(1)] // Second.\n{declaration}\n", $"// First.\n[Message(1)] // Second.\n{mended}\n");

    [Fact]
    public Task A_processor_is_mended_too() => VerifyProcessors.Turns(
        """
        /// <summary>Where players meet.</summary>
        [Processor]
        public sealed class {|QCT0001:Lobby|};
        """,
        """
        /// <summary>Where players meet.</summary>
        [Processor]
        public sealed partial class Lobby;
        """);

    [Fact]
    public Task Every_type_around_is_mended_in_one_step() => VerifyMessages.Turns(
        """
        public static class Outer
        {
            internal interface IInner
            {
                [Message(1)]
                public readonly record struct {|QCT0001:{|QCT0001:{|QCT0001:Move|}|}|}(int Entity);
            }
        }
        """,
        """
        public static partial class Outer
        {
            internal partial interface IInner
            {
                [Message(1)]
                public readonly partial record struct Move(int Entity);
            }
        }
        """);

    [Fact]
    public Task All_messages_of_a_container_are_mended_at_once() => VerifyMessages.Turns(
        """
        public static class Messages
        {
            [Message(1)]
            public readonly record struct {|QCT0001:{|QCT0001:Move|}|}(int Entity);

            [Message(2)]
            public readonly record struct {|QCT0001:{|QCT0001:Turn|}|}(int Entity);
        }
        """,
        """
        public static partial class Messages
        {
            [Message(1)]
            public readonly partial record struct Move(int Entity);

            [Message(2)]
            public readonly partial record struct Turn(int Entity);
        }
        """);
}
