using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.HeaderDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class MaskOutsideFieldTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0045",
        "The masks on 'Kind' of header 'DeviceHeader' must be bits of that field, each for one role; two masks share bits; give each of [MessageId], [ReplyFlag] and [Fault] bits of its own",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId, Fault(Mask = 0x80)] byte {|#0:Kind|});
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId(Mask = 0x7F), Fault(Mask = 0x80)] byte Kind);
        """);

    /// <summary>All bits as a flag is what nobody means: a reply is 1, not 0xFFFFFFFF.</summary>
    [Theory]
    [InlineData("[ReplyFlag] uint {|QCT0045:Type|}")]
    [InlineData("[ReplyFlag] System.DayOfWeek {|QCT0045:Type|}")]
    [InlineData("[Bits(2), ReplyFlag] byte {|QCT0045:Type|}, [Bits(6)] byte Rest")]
    [InlineData("[ReplyFlag] bool Type")]
    [InlineData("[Bits(1), ReplyFlag] byte Type, [Bits(7)] byte Rest")]
    [InlineData("[ReplyFlag(Mask = 1)] uint Type")]
    [InlineData("[Constant(0, Reply = 1)] uint Type")]
    public Task A_flag_is_one_bit_or_says_which(string field) => Verify.Reports(
        $"[Header(ByteOrder.BigEndian)] public readonly partial record struct H([Length] ushort Length, [MessageId] byte Kind, {field});");
}
