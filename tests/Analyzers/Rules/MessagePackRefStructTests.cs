using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class MessagePackRefStructTests
{
    [Fact]
    public Task The_message_names_the_type() => Verify.Says(
        "QCT0036",
        "'Blob' is a ref struct, which MessagePack cannot serialize; make it a class, or remove [MessagePackObject] and put variable data in a [Tail]",
        """
        [Message(2), MessagePack.MessagePackObject]
        public readonly ref partial struct {|#0:Blob|}
        {
            [Tail] public readonly ReadOnlySpan<byte> Data;
        }
        """);
}
