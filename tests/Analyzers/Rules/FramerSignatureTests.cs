using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.HeaderDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class FramerSignatureTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0049",
        "Method 'Measure' of header 'LineHeader' cannot be its framer; declare it as 'static FrameStatus Measure(in LineHeader header, ReadOnlySpan<byte> received, out int frame)'",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct LineHeader([MessageId] byte Kind)
        {
            [Framer]
            private static FrameStatus {|#0:Measure|}(ReadOnlySpan<byte> received, out int frame)
            {
                frame = received.IndexOf((byte)'\n') + 1;
                return frame > 0 ? FrameStatus.Complete : FrameStatus.TooLong;
            }
        }
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct LineHeader([MessageId] byte Kind)
        {
            [Framer]
            private static FrameStatus Measure(in LineHeader header, ReadOnlySpan<byte> received, out int frame)
            {
                frame = received.IndexOf((byte)'\n') + 1;
                return frame > 0 ? FrameStatus.Complete : FrameStatus.TooLong;
            }
        }
        """);
}
