using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.ProcessorDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class UnusableHandlerTests
{
    [Fact]
    public Task The_message_names_the_handler() => Verify.Says(
        "QCT1012",
        "Handler 'Joined' cannot be called by generated code, because 'Joined' is experimental or obsolete as an error; remove that attribute or the handler",
        """
        [Processor]
        public sealed partial class Lobby
        {
            [Opened, Obsolete("closed for ever", error: true)]
            private void {|#0:Joined|}(Peer peer) { }
        }
        """);
}
