using Verify = QContinuum.Analyzers.Tests.Testing.Fix<QContinuum.Analyzers.ConfigureAwaitAnalyzer, QContinuum.CodeFixes.ConfigureAwaitFixer>;

namespace QContinuum.Analyzers.Tests.CodeFixes;

public class ConfigureAwaitFixerTests
{
    [Theory]
    [InlineData("await Task.Delay(1).{|QCT3006:ConfigureAwait(false)|};", "await Task.Delay(1);")]
    [InlineData("await /* slow */ Task.Delay(1).{|QCT3006:ConfigureAwait(false)|}; // done", "await /* slow */ Task.Delay(1); // done")]
    [InlineData("await Task.Delay(1).{|QCT3006:ConfigureAwait(ConfigureAwaitOptions.None)|};", "await Task.Delay(1);")]
    [InlineData("await using var stream = System.IO.Stream.Null.{|QCT3006:ConfigureAwait(false)|};", "await using var stream = System.IO.Stream.Null;")]
    [InlineData(
        "await Task.Delay(1).{|QCT3006:ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing)|};",
        "await Task.Delay(1).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);")]
    public Task The_handler_comes_back(string statement, string mended) => Verify.Turns(Handler(statement), Handler(mended));

    [Fact]
    public Task A_call_on_a_line_of_its_own_leaves_no_line_behind() => Verify.Turns(
        Handler(
            """
            await Task
                        .Delay(1)
                        .{|QCT3006:ConfigureAwait(false)|};
            """),
        Handler(
            """
            await Task
                        .Delay(1);
            """));

    [Fact]
    public Task All_at_once() => Verify.Turns(
        Handler("await Task.Delay(1).{|QCT3006:ConfigureAwait(false)|}; await Task.Delay(2).{|QCT3006:ConfigureAwait(false)|};"),
        Handler("await Task.Delay(1); await Task.Delay(2);"));

    [Fact]
    public Task One_inside_the_other() => Verify.Turns(
        Handler("await Task.Delay(await Task.FromResult(1).{|QCT3006:ConfigureAwait(false)|}).{|QCT3006:ConfigureAwait(false)|};"),
        Handler("await Task.Delay(await Task.FromResult(1));"));

    private static string Handler(string statement) =>
        $$"""
        [Processor]
        public sealed partial class Lobby
        {
            [Opened]
            private async ValueTask Joined(Peer peer)
            {
                {{statement}}
            }
        }
        """;
}
