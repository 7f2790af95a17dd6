using Verify = QContinuum.Analyzers.Tests.Testing.Fix<Microsoft.CodeAnalysis.Testing.EmptyDiagnosticAnalyzer, QContinuum.CodeFixes.AsyncHandlerParameterFixer>;

namespace QContinuum.Analyzers.Tests.CodeFixes;

public class AsyncHandlerParameterFixerTests
{
    [Theory]
    [InlineData("in Move {|CS1988:move|}", "Move move")]
    [InlineData("/* where */ in Move {|CS1988:move|}", "/* where */ Move move")]
    [InlineData("in MessageHeader {|CS1988:header|}, Move move", "MessageHeader header, Move move")]
    [InlineData("Move.Reader {|CS4012:move|}", "Move move")]
    [InlineData("in Move.Reader {|CS1988:move|}", "Move move")]
    [InlineData("in MessageHeader {|CS1988:header|}, in Move {|CS1988:move|}", "MessageHeader header, Move move")]
    public Task The_message_is_taken_by_value(string parameters, string mended) => Verify.Turns(Handler(parameters), Handler(mended));

    [Fact]
    public Task A_tail_has_no_value_to_take() => Verify.Leaves(
        """
        [Message(1)]
        public readonly ref partial struct Blob
        {
            [Tail] public readonly ReadOnlySpan<byte> Data;
        }

        [Processor]
        public sealed partial class Lobby
        {
            [Handles]
            private async ValueTask On(Peer peer, Blob {|CS4012:blob|}) => await Task.Yield();
        }
        """);

    [Fact]
    public Task A_method_that_is_no_handler_is_left_alone() => Verify.Leaves(
        """
        public sealed class Elsewhere
        {
            private async ValueTask On(in int {|CS1988:number|}) => await Task.Yield();
        }
        """);

    private static string Handler(string parameters) =>
        $$"""
        [Message(1)]
        public readonly partial record struct Move(int Entity);

        public readonly partial record struct Move
        {
            public readonly ref struct Reader;
        }

        [Processor]
        public sealed partial class Lobby
        {
            [Handles]
            private async ValueTask On(Peer peer, {{parameters}}) => await Task.Yield();
        }
        """;
}
