using Verify = QContinuum.Analyzers.Tests.Testing.Fix<QContinuum.Analyzers.MessageDeclarationAnalyzer, QContinuum.CodeFixes.MessagePackNotPublicFixer>;

namespace QContinuum.Analyzers.Tests.CodeFixes;

public class MessagePackNotPublicFixerTests
{
    [Theory]
    [InlineData("internal sealed partial class {|QCT0031:Chat|};", "public sealed partial class Chat;")]
    [InlineData("sealed partial class {|QCT0031:Chat|};", "public sealed partial class Chat;")]
    [InlineData("partial record {|QCT0031:Chat|};", "public partial record Chat;")]
    public Task The_type_becomes_public(string declaration, string mended)
        => Verify.Turns($"// First.\n[Message(3), MessagePack.MessagePackObject]\n{declaration}\n", $"// First.\n[Message(3), MessagePack.MessagePackObject]\n{mended}\n");

    [Fact]
    public Task Every_type_around_becomes_public_and_all_are_mended_at_once() => Verify.Turns(
        """
        internal static partial class Messages
        {
            [Message(3), MessagePack.MessagePackObject]
            public sealed partial class {|QCT0031:Chat|};

            [Message(4), MessagePack.MessagePackObject]
            private sealed partial class {|QCT0031:Whisper|};
        }
        """,
        """
        public static partial class Messages
        {
            [Message(3), MessagePack.MessagePackObject]
            public sealed partial class Chat;

            [Message(4), MessagePack.MessagePackObject]
            public sealed partial class Whisper;
        }
        """);
}
