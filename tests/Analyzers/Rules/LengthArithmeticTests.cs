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
}
