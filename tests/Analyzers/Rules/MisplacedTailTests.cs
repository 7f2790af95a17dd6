using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class MisplacedTailTests
{
    [Fact]
    public Task The_message_names_the_member_and_what_to_do() => Verify.Says(
        "QCT0017",
        "[Tail] is misplaced on 'Data', because a tail is the last member of a ref struct, a ReadOnlySpan<byte> or a WireSpan; declare it last",
        """
        [Message(2)]
        public readonly ref partial struct Blob
        {
            [Tail] public readonly ReadOnlySpan<byte> {|#0:Data|};
            public readonly uint Crc;
        }
        """);

    [Fact]
    public Task A_tail_needs_a_ref_struct() => Verify.Reports(
        """
        [Message(2)]
        public readonly partial struct Blob
        {
            [Tail] public readonly uint {|QCT0017:Data|};
        }
        """);

    [Fact]
    public Task A_tail_is_a_span_of_bytes() => Verify.Reports(
        """
        [Message(2)]
        public readonly ref partial struct Blob
        {
            [Tail] public readonly ReadOnlySpan<int> {|QCT0017:Data|};
        }
        """);

    [Fact]
    public Task There_is_one_tail() => Verify.Reports(
        """
        [Message(2)]
        public readonly ref partial struct Blob
        {
            [Tail] public readonly ReadOnlySpan<byte> {|QCT0017:Data|};
            [Tail] public readonly ReadOnlySpan<byte> {|QCT0017:More|};
        }
        """);

    [Fact]
    public Task A_tail_may_be_alone_or_a_property() => Verify.Reports(
        """
        [Message(2)]
        public readonly ref partial struct Blob
        {
            [Tail] public readonly ReadOnlySpan<byte> Data;
        }

        [Message(3)]
        public readonly ref partial struct Note
        {
            public readonly int Entity;
            [Tail] public ReadOnlySpan<byte> Text { get; init; }
        }
        """);
}
