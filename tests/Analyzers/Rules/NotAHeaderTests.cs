using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.MessageDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class NotAHeaderTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0067",
        "'Move' names 'DeviceHeader' as its header, which is none; add [Header] to 'DeviceHeader', or implement IHeader<DeviceHeader>",
        """
        public readonly record struct DeviceHeader(ushort Length, byte Kind);

        [Message<DeviceHeader>(1)]
        public readonly partial record struct {|#0:Move|}(int Entity);
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind);

        [Message<DeviceHeader>(1)]
        public readonly partial record struct Move(int Entity);
        """);
}
