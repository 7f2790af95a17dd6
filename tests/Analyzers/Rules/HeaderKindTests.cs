using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.HeaderDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class HeaderKindTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0040",
        "Header 'DeviceHeader' cannot be generated, because its parameters are its fields on the wire and it may hold nothing else; make it a record struct, whose parameters are the fields on the wire",
        """
        [Header(ByteOrder.BigEndian)]
        public partial struct {|#0:DeviceHeader|}
        {
            public ushort Length { get; set; }
        }
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length);
        """);
}
