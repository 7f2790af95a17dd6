using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class MeaninglessAttributeTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0064",
        "'Ticket' of 'Login' has [Correlation], which means something only in a header; remove it",
        """
        [Message(1)]
        public readonly partial record struct Login([Correlation] uint {|#0:Ticket|}, uint Name);
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct TicketHeader([Length] ushort Length, [MessageId] ushort Id, [Correlation] uint Ticket);

        [Message<TicketHeader>(1)]
        public readonly partial record struct Login(uint Name);
        """);

    [Theory]
    [InlineData("[Length] uint")]
    [InlineData("[MessageId] uint")]
    [InlineData("[ReplyFlag] bool")]
    [InlineData("[Fault] bool")]
    [InlineData("[Copied] uint")]
    [InlineData("[Checksum(ChecksumAlgorithm.Crc32C)] uint")]
    [InlineData("[Repeats(\"Name\")] uint")]
    [InlineData("[Trailer] uint")]
    public Task What_a_header_has_means_nothing_in_a_message(string member) => Verify.Reports(
        $$"""[Message(1)] public readonly partial record struct Login(uint Name, {{member}} {|QCT0064:Other|});""");

    [Theory]
    [InlineData("[Omittable] ushort")]
    [InlineData("[Validated] System.DayOfWeek")]
    public Task What_a_message_has_means_nothing_in_a_header(string field) => Testing.Rule<HeaderDeclarationAnalyzer>.Reports(
        $$"""[Header(ByteOrder.BigEndian)] public readonly partial record struct H([Length] ushort Length, [MessageId] ushort Id, {{field}} {|QCT0064:Other|});""");
}
