using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.ProcessorDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class ForeignBaseClassTests
{
    [Fact]
    public Task The_message_names_the_processor_and_its_base() => Verify.Says(
        "QCT1011",
        "Processor 'Lobby' derives from 'Room', but its generated part derives from Processor; remove the base class and keep a 'Room' in a field",
        """
        public abstract class Room;

        [Processor]
        public sealed partial class {|#0:Lobby|} : Room;
        """);

    [Theory]
    [InlineData(": Processor")]
    [InlineData(": System.IDisposable")]
    [InlineData(": Processor, System.IDisposable")]
    public Task Processor_itself_and_interfaces_are_well(string bases) => Verify.Reports(
        $$"""
        [Processor]
        public sealed partial class Lobby {{bases}}
        {
            public void Dispose() { }
        }
        """);
}
