using QContinuum.Analyzers.Tests.Testing;

namespace QContinuum.Analyzers.Tests.Rules;

public class ConfigureAwaitTests
{
    [Fact]
    public Task An_asynchronous_handler_that_awaits_with_ConfigureAwait_false_is_reported() => Rule<ConfigureAwaitAnalyzer>.Says(
        "QCT3006",
        "x",
        """
        [Processor]
        public sealed partial class Lobby
        {
            [Opened]
            async ValueTask Joined(Peer peer) => await Task.Delay(1).{|#0:ConfigureAwait(false)|};
        }
        """);
}
