using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class MessageIdOutOfRangeTests
{
    [Fact]
    public Task The_message_names_the_id_and_the_type() => Verify.Says(
        "QCT0003",
        "Id 2147483648 of 'Move' does not fit the id of its header, and would be cut off; choose one that fits, from int.MinValue to int.MaxValue on the default header",
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
}
