using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.HeaderDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class LengthArithmeticTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0043",
        "The [Length] on 'Length' of header 'DeviceHeader' measures no frame; Scale is 0, and must be from 1 to 65536",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length(Scale = 0)] ushort {|#0:Length|}, [MessageId] byte Kind);
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length(Scale = 4)] ushort Length, [MessageId] byte Kind);
        """);

    [Theory]
    [InlineData("[Length(CountsTrailer = true)] ushort {|QCT0043:Length|}, [MessageId] byte Kind")]
    [InlineData("[Length(CountsFrom = 4)] ushort {|QCT0043:Length|}, [MessageId] byte Kind")]
    [InlineData("[Length(Adjust = -300)] byte {|QCT0043:Length|}, [MessageId] byte Kind")]
    [InlineData("[Length] ushort Length, [Length(CountsFrom = 0)] byte {|QCT0043:Padding|}, [MessageId] byte Kind")]
    [InlineData("[Length(CountsFrom = 0)] ushort Length, [Length(Adjust = 1)] byte {|QCT0043:Padding|}, [MessageId] byte Kind")]
    public Task What_measures_no_frame_is_reported(string fields) => Verify.Reports(
        $"[Header(ByteOrder.BigEndian)] public readonly partial record struct DeviceHeader({fields});");
}
