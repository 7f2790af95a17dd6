using VerifyMessages = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;
using VerifyProcessors = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.ProcessorDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class GenericOrFileLocalTests
{
    [Fact]
    public Task The_message_names_the_type() => VerifyMessages.Says(
        "QCT0033",
        "'Move<T>' is generic, inside a generic type, or local to a file, so that no code can be generated for it; declare it without type parameters and without 'file'",
        """
        [Message(1)]
        public readonly partial record struct {|#0:Move|}<T>(int Entity);
        """);

    [Theory]
    [InlineData("public static partial class Messages<T> { [Message(1)] public readonly partial record struct {|QCT0033:Move|}(int Entity); }")]
    [InlineData("[Message(1)] file readonly partial record struct {|QCT0033:Move|}(int Entity);")]
    [InlineData("file static partial class Messages { [Message(1)] public readonly partial record struct {|QCT0033:Move|}(int Entity); }")]
    public Task No_part_can_be_added_to_such_a_message(string declaration) => VerifyMessages.Reports(declaration);

    [Theory]
    [InlineData("[Processor] public sealed partial class {|QCT0033:Lobby|}<T>;")]
    [InlineData("public static partial class Rooms<T> { [Processor] public sealed partial class {|QCT0033:Lobby|}; }")]
    [InlineData("[Processor] file sealed partial class {|QCT0033:Lobby|};")]
    public Task No_part_can_be_added_to_such_a_processor(string declaration) => VerifyProcessors.Reports(declaration);
}
