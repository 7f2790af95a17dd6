using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.ProcessorDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class RepeatedEventTests
{
    [Fact]
    public Task The_message_names_the_method_and_the_attribute() => Verify.Says(
        "QCT1003",
        "'Also' is one more method with [Opened] than a processor may have; keep one, and let it call the others",
        """
        [Processor]
        public sealed partial class Lobby
        {
            [Opened] private void Joined(Peer peer) { }
            [Opened] private void {|#0:Also|}(Peer peer) { }
        }
        """);

    [Theory]
    [InlineData("Closed", "Peer peer, CloseReason reason")]
    [InlineData("Unhandled", "Peer peer, in MessageHeader header, ReadOnlySpan<byte> body")]
    public Task Closed_and_Unhandled_happen_once_too(string attribute, string parameters) => Verify.Reports(
        $$"""
        [Processor]
        public sealed partial class Lobby
        {
            [{{attribute}}] private void First({{parameters}}) { }
            [{{attribute}}] private void {|QCT1003:Second|}({{parameters}}) { }
        }
        """);
}
