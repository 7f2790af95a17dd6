using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class MessagePackNotPublicTests
{
    [Fact]
    public Task The_message_names_the_type() => Verify.Says(
        "QCT0031",
        "'Chat' has a MessagePack body, and MessagePack serializes only what it can see from outside; make the type public, and every type around it",
        """
        [Message(3), MessagePack.MessagePackObject]
        internal sealed partial class {|#0:Chat|};
        """);

    [Fact]
    public Task A_type_around_it_must_be_public_too() => Verify.Reports(
        """
        internal static partial class Messages
        {
            [Message(3), MessagePack.MessagePackObject]
            public sealed partial class {|QCT0031:Chat|};
        }
        """);

    [Fact]
    public Task Other_bodies_need_not_be_public() => Verify.Reports(
        """
        [Message(1)]
        internal readonly partial record struct Move(int Entity);
        """);
}
