using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.HandlerOutsideProcessorAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class HandlerOutsideProcessorTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT1014",
        "Method 'On' has [Handles], and its type 'Lobby' is no [Processor], so that nothing calls it; add [Processor] to 'Lobby', or remove [Handles]",
        """
        [Message(1)]
        public readonly partial record struct Move(int Entity);

        public sealed partial class Lobby
        {
            [Handles]
            private void {|#0:On|}(Peer peer, in Move move)
            {
            }
        }
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Message(1)]
        public readonly partial record struct Move(int Entity);

        [Processor]
        public sealed partial class Lobby
        {
            [Handles]
            private void On(Peer peer, in Move move)
            {
            }
        }
        """);
}
