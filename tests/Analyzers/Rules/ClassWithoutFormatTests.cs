using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class ClassWithoutFormatTests
{
    [Theory]
    [InlineData("class")]
    [InlineData("record")]
    public Task The_message_names_the_type(string kind) => Verify.Says(
        "QCT0030",
        "'Chat' is a class, which has no layout on the wire; make it a [MessagePackObject], or a struct of numbers, bools and enums",
        $$"""
        [Message(3)]
        public sealed partial {{kind}} {|#0:Chat|}
        {
            public string Text { get; init; } = "";
        }
        """);

    [Fact]
    public Task A_class_with_the_attribute_is_well() => Verify.Reports(
        """
        using MessagePack;

        [Message(3), MessagePackObject]
        public sealed partial class Chat
        {
            [Key(0)] public string Text { get; init; } = "";
        }

        [Message(4), MessagePackObject(keyAsPropertyName: true)]
        public sealed partial record Whisper(string Text);

        [Message(5), MessagePackObject]
        public partial struct Shout
        {
            [Key(0)] public string Text { get; set; }
        }
        """);
}
