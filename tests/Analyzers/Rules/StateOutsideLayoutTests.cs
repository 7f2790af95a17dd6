using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class StateOutsideLayoutTests
{
    [Fact]
    public Task The_message_names_the_type_and_its_state() => Verify.Says(
        "QCT0012",
        "The layout of 'Move' has no place for 'Speed'; make it a parameter of the record, or compute it from them",
        """
        [Message(1)]
        public readonly partial record struct Move(int Entity)
        {
            public readonly int {|#0:Speed|} = 1;
        }
        """);

    [Fact]
    public Task A_property_that_stores_is_state_as_well() => Verify.Reports(
        """
        [Message(1)]
        public partial record struct Move(int Entity)
        {
            public int {|QCT0012:Speed|} { get; set; } = 1;
            private int {|QCT0012:_count|} = 2;
        }
        """);

    [Fact]
    public Task A_parameter_without_a_property_is_lost() => Verify.Says(
        "QCT0012",
        "The layout of 'Move' has no place for 'Speed'; let the record declare the property of the parameter",
        """
        [Message(1)]
        public readonly partial record struct Move(int Entity, int {|#0:Speed|})
        {
            public int Speed => Entity;
        }
        """);

    [Fact]
    public Task A_required_member_asks_for_more_than_the_constructor() => Verify.Says(
        "QCT0012",
        "The layout of 'Move' has no place for 'Entity'; remove the modifier 'required'",
        """
        [Message(1)]
        public readonly partial record struct Move(int Entity)
        {
            public required int {|#0:Entity|} { get; init; } = Entity;
        }
        """);

    [Fact]
    public Task A_primary_constructor_captures_what_it_likes() => Verify.Says(
        "QCT0012",
        "The layout of 'Move' has no place for a primary constructor; make the struct a record, or declare its members as fields",
        """
        [Message(1)]
        public readonly partial struct {|#0:Move|}(int entity)
        {
            public int Entity => entity;
        }
        """);

    [Fact]
    public Task The_wire_has_no_offsets_in_memory() => Verify.Says(
        "QCT0012",
        "The layout of 'Move' has no place for offsets in memory; remove [StructLayout], and declare the members in the order of the wire",
        """
        using System.Runtime.InteropServices;

        [Message(1), StructLayout(LayoutKind.Explicit)]
        public partial struct {|#0:Move|}
        {
            [FieldOffset(0)] public int Entity;
            [FieldOffset(0)] public float X;
        }
        """);

    [Fact]
    public Task An_inline_array_is_one_field_that_says_nothing() => Verify.Says(
        "QCT0012",
        "The layout of 'Move' has no place for an inline array; remove [InlineArray], and declare each element",
        """
        using System.Runtime.CompilerServices;

        [Message(1), InlineArray(4)]
        public partial struct {|#0:Move|}
        {
            private int _element;
        }
        """);

    [Theory]
    [InlineData("public int Speed => Entity * 2;")]
    [InlineData("public static int Count { get; set; }")]
    [InlineData("public const int Size = 4;")]
    public Task What_is_computed_or_shared_is_no_state(string member) => Verify.Reports(
        $$"""
        [Message(1)]
        public readonly partial record struct Move(int Entity)
        {
            {{member}}
        }
        """);
}
