using QContinuum.Analyzers.Tests.Testing;
using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.DuplicateMessageIdAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class DuplicateMessageIdTests
{
    [Fact]
    public Task Both_messages_are_reported_and_each_names_the_other() => Verify.Says(
        "QCT0002",
        "Id 1 belongs to both 'Move' and 'Game.Turn', which a receiver could not tell apart; give one of them another id",
        """
        [Message(1)]
        public readonly partial record struct {|#0:Move|}(int Entity);

        namespace Game
        {
            [Message(1)]
            public readonly partial record struct {|QCT0002:Turn|}(int Entity);
        }
        """);

    [Fact]
    public Task Each_of_three_is_reported() => Verify.Reports(
        """
        [Message(-1)]
        public readonly partial record struct {|QCT0002:Move|}(int Entity);

        [Message(-1)]
        public readonly ref partial struct {|QCT0002:Blob|}
        {
            [Tail] public readonly ReadOnlySpan<byte> Data;
        }

        public static partial class Messages
        {
            [Message(-1), MessagePack.MessagePackObject]
            public sealed partial class {|QCT0002:Chat|};
        }
        """);

    [Fact]
    public Task Headers_and_directions_have_ids_of_their_own() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct Device([Length] ushort Length, [MessageId] byte Group, [MessageId] byte Kind);

        [Message(1)]
        public readonly partial record struct Plain(int Value);

        [Message<Device>(0, 1)]
        public readonly partial record struct Request(int Value);

        [Message<Device>(1, IsReply = true)]
        public readonly partial record struct Answer(int Value);

        [Message<Device>(1, IsFault = true)]
        public readonly partial record struct Failure(int Value);

        [Message<Device>(IsFault = true)]
        public readonly partial record struct AnyFailure(int Value);

        [Message<Device>(IsFault = true)]
        public readonly partial record struct OtherFailure(int Value);
        """);

    [Fact]
    public Task Two_parts_are_one_id() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct Device([Length] ushort Length, [MessageId] byte Group, [MessageId] byte Kind);

        [Message<Device>(2, 1)]
        public readonly partial record struct {|QCT0002:Move|}(int Value);

        [Message<Device>(0x201)]
        public readonly partial record struct {|QCT0002:Turn|}(int Value);
        """);

    [Fact]
    public Task Different_ids_are_not_reported() => Verify.Reports(
        """
        [Message(1)]
        public readonly partial record struct Move(int Entity);

        [Message(2)]
        public readonly partial record struct Turn(int Entity);
        """);

    [Fact]
    public Task A_message_in_several_parts_is_one_message() => Verify.Reports(
        """
        [Message(1)]
        public readonly partial record struct Move(int Entity);

        public readonly partial record struct Move;
        """);

    [Fact]
    public Task The_other_messages_are_additional_locations() => new RuleTest<DuplicateMessageIdAnalyzer>(
        """
        [Message(1)]
        public readonly partial record struct {|#0:Move|}(int Entity);

        [Message(1)]
        public readonly partial record struct {|#1:Turn|}(int Entity);
        """)
    {
        ExpectedDiagnostics =
        {
            new Microsoft.CodeAnalysis.Testing.DiagnosticResult(Descriptors.DuplicateMessageId).WithLocation(0).WithLocation(1).WithArguments("1", "Move", "Turn"),
            new Microsoft.CodeAnalysis.Testing.DiagnosticResult(Descriptors.DuplicateMessageId).WithLocation(1).WithLocation(0).WithArguments("1", "Turn", "Move"),
        },
    }.RunAsync();
}
