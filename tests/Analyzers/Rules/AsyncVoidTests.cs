using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.ProcessorDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class AsyncVoidTests
{
    [Fact]
    public Task The_message_names_the_handler() => Verify.Says(
        "QCT1005",
        "Handler 'Joined' is async void, so that nothing can wait for it and what it throws ends the process; return ValueTask",
        """
        [Processor]
        public sealed partial class Lobby
        {
            [Opened] private async void {|#0:Joined|}(Peer peer) => await Task.Yield();
        }
        """);

    [Theory]
    [InlineData("Closed", "Peer peer, CloseReason reason")]
    [InlineData("Handles", "Peer peer, Move move")]
    public Task Every_kind_of_handler_is_checked(string attribute, string parameters) => Verify.Reports(
        $$"""
        [Message(1)]
        public readonly partial record struct Move(int Entity);

        [Processor]
        public sealed partial class Lobby
        {
            [{{attribute}}] private async void {|QCT1005:Run|}({{parameters}}) => await Task.Yield();
        }
        """);

    [Fact]
    public Task A_method_that_is_no_handler_is_left_alone() => Verify.Reports(
        """
        [Processor]
        public sealed partial class Lobby
        {
            private async void Run() => await Task.Yield();
        }
        """);
}
