using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.ProcessorDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class ProcessorKindTests
{
    [Fact]
    public Task The_message_names_the_processor() => Verify.Says(
        "QCT1013",
        "Processor 'Lobby' is static or a record, and can derive from Processor as neither; declare it as a class",
        """
        [Processor]
        public sealed partial record {|#0:Lobby|};
        """);

    [Fact]
    public Task A_static_class_derives_from_nothing() => Verify.Reports(
        """
        [Processor]
        public static partial class {|QCT1013:Lobby|};
        """);
}
