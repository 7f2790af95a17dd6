using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class MessageIdOutOfRangeTests
{
    [Fact]
    public Task The_message_names_the_id_and_the_type() => Verify.Says(
        "QCT0003",
        "Id 2147483648 of 'Move' cannot be carried by header 'MessageHeader', which has ids from -2147483648 to 2147483647; choose one that fits",
        """
        [{|#0:Message(2147483648)|}]
        public readonly partial record struct Move(int Entity);
        """);

    [Theory]
    [InlineData("0x8000_0000")]
    [InlineData("-2147483649")]
    [InlineData("long.MaxValue")]
    [InlineData("id: 1L << 40")]
    public Task Beyond_32_signed_bits_is_out_of_range(string id) => Verify.Reports(Move($"{{|QCT0003:Message({id})|}}"));

    [Theory]
    [InlineData("int.MinValue")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("int.MaxValue")]
    [InlineData("unchecked((int)0x8000_0000)")]
    public Task Within_32_signed_bits_is_in_range(string id) => Verify.Reports(Move($"Message({id})"));

    private static string Move(string attribute) =>
        $"""
        [{attribute}]
        public readonly partial record struct Move(int Entity);
        """;

    [Theory]
    [InlineData("[Length] ushort Length", "1", "no [MessageId], so that the id of each of its messages is 0")]
    [InlineData("[Length] ushort Length, [MessageId] byte Kind", "256", "ids from 0 to 255")]
    [InlineData("[Length] ushort Length, [MessageId] sbyte Kind", "128", "ids from -128 to 127")]
    [InlineData("[Length] ushort Length, [MessageId(Mask = 0x7F)] byte Kind", "128", "ids of the bits 0x7F")]
    [InlineData("[Length] ushort Length, [MessageId] byte Kind, [Bits(4), MessageId] byte Sort, [Bits(4)] byte Rest", "1, 16", "ids of two parts, the first of 8 bits and the second of 4")]
    public Task The_message_says_what_fits(string fields, string id, string range) => Verify.Says(
        "QCT0003",
        $"Id {id} of 'Move' cannot be carried by header 'H', which has {range}; choose one that fits",
        $$"""
        [Header(ByteOrder.BigEndian)] public readonly partial record struct H({{fields}});

        [{|#0:Message<H>({{id}})|}] public readonly partial record struct Move(int Entity);
        """);
}
