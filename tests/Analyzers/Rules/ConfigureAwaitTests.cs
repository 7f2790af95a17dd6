using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.ConfigureAwaitAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class ConfigureAwaitTests
{
    [Fact]
    public Task The_message_names_the_call_and_the_handler() => Verify.Says(
        "QCT3006",
        "'ConfigureAwait(false)' in handler 'Joined' leaves the lane of the peer, so that the rest of the handler runs beside others; await without it",
        """
        [Processor]
        public sealed partial class Lobby
        {
            [Opened]
            private async ValueTask Joined(Peer peer) => await Task.Delay(1).{|#0:ConfigureAwait(false)|};
        }
        """);

    [Theory]
    [InlineData("Opened", "Peer peer")]
    [InlineData("Closed", "Peer peer, CloseReason reason")]
    [InlineData("Handles", "Peer peer, Chat chat")]
    public Task Every_kind_of_handler_is_checked(string attribute, string parameters) => Verify.Reports(
        $$"""
        [Message(1), MessagePack.MessagePackObject]
        public sealed partial class Chat;

        [Processor]
        public sealed partial class Lobby
        {
            [{{attribute}}]
            private async ValueTask Run({{parameters}}) => await Task.Delay(1).{|QCT3006:ConfigureAwait(false)|};
        }
        """);

    [Theory]
    [InlineData("await Task.Delay(1).{|QCT3006:ConfigureAwait(false)|};")]
    [InlineData("_ = await Task.FromResult(1).{|QCT3006:ConfigureAwait(false)|};")]
    [InlineData("await default(ValueTask).{|QCT3006:ConfigureAwait(false)|};")]
    [InlineData("_ = await default(ValueTask<int>).{|QCT3006:ConfigureAwait(continueOnCapturedContext: false)|};")]
    [InlineData("await using var stream = System.IO.Stream.Null.{|QCT3006:ConfigureAwait(false)|};")]
    [InlineData("await foreach (int item in Items.{|QCT3006:ConfigureAwait(false)|}) { }")]
    [InlineData("await foreach (int item in Items.WithCancellation(peer.Aborted).{|QCT3006:ConfigureAwait(false)|}) { }")]
    [InlineData("await Task.Delay(1).{|QCT3006:ConfigureAwait(ConfigureAwaitOptions.None)|};")]
    [InlineData("await Task.Delay(1).{|QCT3006:ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing)|};")]
    [InlineData("if (Left > 0) { await Task.Delay(1).{|QCT3006:ConfigureAwait(Never)|}; }")]
    public Task Every_way_to_leave_the_lane_is_reported(string statement) => Verify.Reports(Handler(statement));

    [Theory]
    [InlineData("await Task.Delay(1);")]
    [InlineData("await Task.Delay(1).ConfigureAwait(true);")]
    [InlineData("await Task.Delay(1).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);")]
    [InlineData("await Task.Delay(1).ConfigureAwait(Left > 0);")]
    public Task What_comes_back_or_may_come_back_is_not(string statement) => Verify.Reports(Handler(statement));

    [Theory]
    [InlineData("await Task.Run(async () => await Task.Delay(1).ConfigureAwait(false));")]
    [InlineData("await Local(); async Task Local() => await Task.Delay(1).ConfigureAwait(false);")]
    public Task A_function_inside_a_handler_is_its_own(string statement) => Verify.Reports(Handler(statement));

    [Fact]
    public Task A_method_that_is_no_handler_is_left_alone() => Verify.Reports(
        """
        [Processor]
        public sealed partial class Lobby
        {
            private async ValueTask Save() => await Task.Delay(1).ConfigureAwait(false);
        }

        public sealed class Elsewhere
        {
            [Opened]
            private async ValueTask Joined(Peer peer) => await Task.Delay(1).ConfigureAwait(false);
        }
        """);

    [Fact]
    public Task Without_the_toolkit_nothing_is_registered() => Verify.ReportsNothingWithoutToolkit(
        """
        using System;
        using System.Threading.Tasks;
        using QContinuum;

        [Processor]
        public class Lobby
        {
            [Opened]
            private async ValueTask Joined() => await Task.Delay(1).ConfigureAwait(false);
        }

        namespace QContinuum
        {
            public class ProcessorAttribute : Attribute;
            public class OpenedAttribute : Attribute;
        }
        """);

    private static string Handler(string statement) =>
        $$"""
        using System.Collections.Generic;

        [Processor]
        public sealed partial class Lobby
        {
            private const bool Never = false;

            private int Left { get; set; }

            private IAsyncEnumerable<int> Items => throw new NotSupportedException();

            [Opened]
            private async ValueTask Joined(Peer peer)
            {
                await Task.Yield();
                {{statement}}
                Left++;
            }
        }
        """;
}
