using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class NeverSentTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0071",
        "Message 'Reading' can never be sent; it has 2 bytes, which the length of header 'WordHeader' cannot say: it counts units of 4 bytes, and there are 2; give it other members, or mend the [Length]",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct WordHeader([Length(Scale = 4)] ushort Words, [MessageId] ushort Kind);

        [Message<WordHeader>(1)]
        public readonly partial record struct {|#0:Reading|}(ushort Sensor);
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct WordHeader([Length(Scale = 4)] ushort Words, [MessageId] ushort Kind);

        [Message<WordHeader>(1)]
        public readonly partial record struct Reading(ushort Sensor, [Reserved] ushort Padding = 0);
        """);

    [Theory]
    [InlineData("Length", "MaxSize = 3", "int Value")]
    [InlineData("Length", "MaxSize = -1", "int Value")]
    [InlineData("Length(Adjust = 8)", "MaxSize = 8", "int Value")] // A length of -4.
    [InlineData("Length(CountsFrom = 0, Scale = 4)", "MaxSize = 8", "int Value")] // 7 bytes.
    public Task What_could_not_be_sent_is_reported(string length, string size, string members) => Verify.Reports(
        $$"""
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([{{length}}] ushort Length, [MessageId] byte Kind);

        [Message<DeviceHeader>(1, {{size}})]
        public readonly partial record struct {|QCT0071:Reading|}({{members}});
        """);

    [Theory]
    [InlineData("Length(CountsFrom = 0, Scale = 4)", "int Value, byte Last")]
    [InlineData("Length(CountsFrom = 0, Adjust = 1)", "int Value")]
    [InlineData("Length(Adjust = 4)", "int Value")]
    public Task What_could_be_is_not(string length, string members) => Verify.Reports(
        $$"""
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([{{length}}] ushort Length, [MessageId] byte Kind);

        [Message<DeviceHeader>(1)]
        public readonly partial record struct Reading({{members}});
        """);
}
