using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class NotConstructibleTests
{
    [Fact]
    public Task The_message_names_the_type() => Verify.Says(
        "QCT0035",
        "'Chat' is static or abstract, so that no value of it can be read; remove the modifier",
        """
        [Message(3), MessagePack.MessagePackObject]
        public abstract partial class {|#0:Chat|};
        """);

    [Fact]
    public Task A_static_class_has_no_values() => Verify.Reports(
        """
        [Message(3), MessagePack.MessagePackObject]
        public static partial class {|QCT0035:Chat|};
        """);
}
