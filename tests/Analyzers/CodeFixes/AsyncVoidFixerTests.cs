using Verify = QContinuum.Analyzers.Tests.Testing.Fix<QContinuum.Analyzers.ProcessorDeclarationAnalyzer, QContinuum.CodeFixes.AsyncVoidFixer>;

namespace QContinuum.Analyzers.Tests.CodeFixes;

public class AsyncVoidFixerTests
{
    [Fact]
    public Task The_handler_returns_ValueTask() => Verify.Turns(
        """
        [Processor]
        public sealed partial class Lobby
        {
            [Opened] /* one */ private async /* two */ void {|QCT1005:Joined|}(Peer peer) => await Task.Yield();
        }
        """,
        """
        [Processor]
        public sealed partial class Lobby
        {
            [Opened] /* one */ private async /* two */ ValueTask Joined(Peer peer) => await Task.Yield();
        }
        """);

    [Fact]
    public Task All_handlers_are_mended_at_once() => Verify.Turns(
        """
        [Processor]
        public sealed partial class Lobby
        {
            [Opened]
            private async void {|QCT1005:Joined|}(Peer peer) => await Task.Yield();

            [Closed]
            private async void {|QCT1005:Left|}(Peer peer, CloseReason reason) => await Task.Yield();
        }
        """,
        """
        [Processor]
        public sealed partial class Lobby
        {
            [Opened]
            private async ValueTask Joined(Peer peer) => await Task.Yield();

            [Closed]
            private async ValueTask Left(Peer peer, CloseReason reason) => await Task.Yield();
        }
        """);
}
