using Verify = QContinuum.Analyzers.Tests.Testing.Fix<QContinuum.Analyzers.MessageDeclarationAnalyzer, QContinuum.CodeFixes.ClassWithoutFormatFixer>;

namespace QContinuum.Analyzers.Tests.CodeFixes;

public class ClassWithoutFormatFixerTests
{
    [Fact]
    public Task The_attribute_is_added_and_the_public_members_are_numbered() => Verify.Turns(
        """
        namespace Game;

        /// <summary>What somebody says.</summary>
        [Message(3)]
        public sealed partial class {|QCT0030:Chat|}
        {
            private int _count;

            /// <summary>The words.</summary>
            public string Text { get; set; } = "";

            public int To;

            public bool IsLong => Text.Length > 100;

            public static int Total { get; set; }
        }
        """,
        """
        using MessagePack;

        namespace Game;

        /// <summary>What somebody says.</summary>
        [Message(3)]
        [MessagePackObject]
        public sealed partial class Chat
        {
            private int _count;

            /// <summary>The words.</summary>
            [Key(0)]
            public string Text { get; set; } = "";

            [Key(1)]
            public int To;

            [IgnoreMember]
            public bool IsLong => Text.Length > 100;

            public static int Total { get; set; }
        }
        """);

    [Fact]
    public Task The_properties_of_a_positional_record_are_numbered() => Verify.Turns(
        """
        using MessagePack;

        [Message(3)]
        public sealed partial record {|QCT0030:Chat|}(string Text, int To);
        """,
        """
        using MessagePack;

        [Message(3)]
        [MessagePackObject]
        public sealed partial record Chat([property: Key(0)] string Text, [property: Key(1)] int To);
        """);

    [Fact]
    public Task Members_that_are_numbered_already_keep_their_numbers() => Verify.Turns(
        """
        using MessagePack;

        [Message(3)]
        public sealed partial class {|QCT0030:Chat|}
        {
            [Key(7)]
            public string Text { get; set; } = "";
        }
        """,
        """
        using MessagePack;

        [Message(3)]
        [MessagePackObject]
        public sealed partial class Chat
        {
            [Key(7)]
            public string Text { get; set; } = "";
        }
        """);

    [Fact]
    public Task All_classes_are_mended_at_once() => Verify.Turns(
        """
        using MessagePack;

        [Message(3)]
        public sealed partial class {|QCT0030:Chat|}
        {
            public string Text { get; set; } = "";
        }

        [Message(4)]
        public sealed partial class {|QCT0030:Whisper|}
        {
            public string Text { get; set; } = "";
        }
        """,
        """
        using MessagePack;

        [Message(3)]
        [MessagePackObject]
        public sealed partial class Chat
        {
            [Key(0)]
            public string Text { get; set; } = "";
        }

        [Message(4)]
        [MessagePackObject]
        public sealed partial class Whisper
        {
            [Key(0)]
            public string Text { get; set; } = "";
        }
        """);

    [Fact]
    public Task Without_MessagePack_there_is_nothing_to_add() => Verify.LeavesWithoutMessagePack(
        """
        [Message(3)]
        public sealed partial class {|QCT0030:Chat|};
        """);
}
