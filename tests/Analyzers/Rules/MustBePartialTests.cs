using VerifyMessages = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;
using VerifyProcessors = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.ProcessorDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

/// <summary>Nothing is generated: a further part would be an error of the compiler (CS0260), which then stops before any rule.</summary>
public class MustBePartialTests
{
    [Fact]
    public Task The_message_names_the_type() => VerifyMessages.Says(
        "QCT0001",
        "'Move' must be partial, because code is generated into it; add the modifier 'partial'",
        """
        [Message(1)]
        public readonly record struct {|#0:Move|}(int Entity);
        """);

    [Fact]
    public Task A_processor_must_be_partial() => VerifyProcessors.Says(
        "QCT0001",
        "'Lobby' must be partial, because code is generated into it; add the modifier 'partial'",
        """
        [Processor]
        public sealed class {|#0:Lobby|};
        """);

    [Theory]
    [InlineData("readonly struct {|QCT0001:Move|} { public readonly int Entity; }")]
    [InlineData("struct {|QCT0001:Move|} { public int Entity; }")]
    [InlineData("ref struct {|QCT0001:Move|} { [Tail] public ReadOnlySpan<byte> Data; }")]
    [InlineData("record struct {|QCT0001:Move|}(int Entity);")]
    public Task Every_kind_of_message_must_be_partial(string declaration) => VerifyMessages.Reports(
        $"""
        [Message(1)]
        public {declaration}
        """);

    [Fact]
    public Task A_type_around_a_message_must_be_partial_and_the_message_is_where_that_is_said() => VerifyMessages.Says(
        "QCT0001",
        "'Messages' must be partial, because code is generated into it; add the modifier 'partial'",
        """
        public static class Messages
        {
            [Message(1)]
            public readonly partial record struct {|#0:Move|}(int Entity);
        }
        """);

    [Fact]
    public Task Partial_all_the_way_up_is_enough() => VerifyMessages.Reports(
        """
        namespace Game
        {
            public static partial class Messages
            {
                internal partial interface IInner
                {
                    [Message(1)]
                    public readonly partial record struct Move(int Entity);
                }
            }
        }
        """);

    [Fact]
    public Task A_pragma_silences_the_rule() => VerifyMessages.Reports(
        """
        #pragma warning disable QCT0001
        [Message(1)]
        public readonly record struct Move(int Entity);
        #pragma warning restore QCT0001
        """);
}
