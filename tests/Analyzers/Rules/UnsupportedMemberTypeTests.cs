using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class UnsupportedMemberTypeTests
{
    [Fact]
    public Task The_message_names_the_member_and_its_type() => Verify.Says(
        "QCT0005",
        "Member 'Owner' of 'Move' has type 'string', which has no fixed size on the wire; use a number, bool, enum, Guid or [WireStruct], put variable data in a span of a ref struct, with [Tail], [LengthPrefix] or [SizedBy], or make the message a [MessagePackObject]",
        """
        [Message(1)]
        public readonly partial record struct Move(int Entity, string {|#0:Owner|});
        """);

    [Theory]
    [InlineData("nint")]
    [InlineData("nuint")]
    [InlineData("char")]
    [InlineData("decimal")]
    [InlineData("DateTime")]
    [InlineData("int?")]
    [InlineData("int[]")]
    [InlineData("object")]
    [InlineData("(int, int)")]
    [InlineData("Peer")]
    public Task A_type_without_a_wire_format_is_reported(string type) => Verify.Reports(
        $$"""
        [Message(1)]
        public readonly partial record struct Move(int Entity, {{type}} {|QCT0005:Value|});

        [Message(2)]
        public readonly partial struct Turn
        {
            public readonly {{type}} {|QCT0005:Value|};
            public readonly int Entity;
        }
        """);

    [Theory]
    [InlineData("sbyte")]
    [InlineData("byte")]
    [InlineData("bool")]
    [InlineData("short")]
    [InlineData("ushort")]
    [InlineData("int")]
    [InlineData("uint")]
    [InlineData("long")]
    [InlineData("ulong")]
    [InlineData("float")]
    [InlineData("double")]
    [InlineData("Guid")]
    [InlineData("Half")]
    [InlineData("Int24")]
    [InlineData("UInt128")]
    [InlineData("DayOfWeek")]
    public Task Numbers_bools_and_enums_have_a_fixed_size(string type) => Verify.Reports(
        $$"""
        [Message(1)]
        public readonly partial record struct Move(int Entity, {{type}} Value);

        [Message(2)]
        public partial struct Turn
        {
            public {{type}} Value;
            public int Entity { get; set; }
        }
        """);

    [Fact]
    public Task Every_such_member_is_reported() => Verify.Reports(
        """
        [Message(1)]
        public readonly ref partial struct Blob
        {
            public readonly string {|QCT0005:Owner|};
            public readonly DateTime {|QCT0005:Key|};
            [Tail] public readonly ReadOnlySpan<byte> Data;
        }
        """);

    [Fact]
    public Task What_is_static_or_constant_is_not_on_the_wire() => Verify.Reports(
        """
        [Message(1)]
        public readonly partial record struct Move(int Entity)
        {
            public const string Name = "move";
            public static readonly Guid Key;
            public string Text => Name + Entity;
        }
        """);

    [Fact]
    public Task An_event_has_no_size_either() => Verify.Says(
        "QCT0005",
        "Member 'Moved' of 'Move' has type 'Action', which has no fixed size on the wire; use a number, bool, enum, Guid or [WireStruct], put variable data in a span of a ref struct, with [Tail], [LengthPrefix] or [SizedBy], or make the message a [MessagePackObject]",
        """
        [Message(1)]
        public partial struct Move
        {
            public int Entity;
            public event Action {|#0:Moved|};
            public void Raise() => Moved();
        }
        """);

    [Fact]
    public Task A_span_that_is_no_tail_has_none() => Verify.Reports(
        """
        [Message(2)]
        public readonly ref partial struct Blob
        {
            public readonly ReadOnlySpan<byte> {|QCT0061:Data|};
        }
        """);
}
