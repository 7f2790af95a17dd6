using Microsoft.CodeAnalysis.Testing;
using QContinuum.Analyzers.Tests.Testing;

namespace QContinuum.Analyzers.Tests.Rules;

public class MessagePackNotReferencedTests
{
    private const string Chat =
        """
        [Message(3), MessagePack.MessagePackObject]
        public sealed partial class {|#0:Chat|};
        """;

    [Fact]
    public Task The_message_names_the_type()
    {
        var test = new RuleTest<MessageDeclarationAnalyzer>(Chat)
        {
            ExpectedDiagnostics =
            {
                new DiagnosticResult(Descriptors.MessagePackNotReferenced).WithLocation(0).WithMessage(
                    "'Chat' has a MessagePack body, but the project references only the annotations of MessagePack; add a reference to the package 'MessagePack'"),
            },
        };
        test.TestState.RemoveReference("MessagePack.dll");
        return test.RunAsync();
    }

    [Fact]
    public Task With_the_package_all_is_well() => new RuleTest<MessageDeclarationAnalyzer>(Chat).RunAsync();
}
