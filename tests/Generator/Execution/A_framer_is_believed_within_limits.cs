using System.Text;
using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Execution;

public sealed class A_framer_is_believed_within_limits
{
    [Fact]
    public void Lines()
    {
        UserHeader header = UserHeader.Load("""
            [Header(ByteOrder.BigEndian, MaxFrame = 16)]
            public readonly partial record struct H([MessageId] byte Kind)
            {
                [Framer]
                private static FrameStatus Measure(in H header, ReadOnlySpan<byte> received, out int frame)
                {
                    int end = received.IndexOf((byte)'\n');
                    frame = end < 0 ? received.Length + 1 : end + 1;
                    return end < 0 ? FrameStatus.Incomplete : FrameStatus.Complete;
                }
            }
            """);

        byte[] line = Encoding.ASCII.GetBytes("Hello\n");
        Assert.Equal(line, header.Write('H', body: line[1..]));
        Assert.Equal(("Complete", 6, 5, 'H'), Shown(header.Read([.. line, .. line])));
        for (int length = 0; length < line.Length; length++)
        {
            Assert.Equal("Incomplete", header.Read(line[..length]).Status);
        }

        Assert.Equal("TooLong", header.Read(new byte[16]).Status);
        Assert.Equal("TooLong", header.Read(line, maxBody: 4).Status);
        Assert.Equal("Incomplete", header.Read(new byte[15]).Status);
    }

    [Theory]
    [InlineData("Complete", 0, "BadHeader")]
    [InlineData("Complete", 1, "BadHeader")]
    [InlineData("Complete", -1, "BadHeader")]
    [InlineData("Complete", int.MinValue, "BadHeader")]
    [InlineData("Complete", 2, "Complete")]
    [InlineData("Complete", 4, "Complete")]
    [InlineData("Complete", 5, "Incomplete")]
    [InlineData("Complete", 101, "TooLong")]
    [InlineData("Complete", int.MaxValue, "TooLong")]
    [InlineData("Incomplete", 4, "BadHeader")]
    [InlineData("Incomplete", 0, "BadHeader")]
    [InlineData("Incomplete", int.MinValue, "BadHeader")]
    [InlineData("Incomplete", 5, "Incomplete")]
    [InlineData("Incomplete", 100, "Incomplete")]
    [InlineData("Incomplete", 101, "TooLong")]
    [InlineData("TooLong", 4, "TooLong")]
    [InlineData("BadHeader", 4, "BadHeader")]
    public void Whatever_it_says_of_four_bytes(string status, int frame, string expected)
    {
        UserHeader header = UserHeader.Load($$"""
            [Header(ByteOrder.BigEndian, MaxFrame = 100)]
            public readonly partial record struct H([MessageId] byte Kind, [Trailer] byte End)
            {
                [Framer]
                private static FrameStatus Measure(in H header, ReadOnlySpan<byte> received, out int frame) { frame = {{frame}}; return FrameStatus.{{status}}; }
            }
            """);

        Assert.Equal(expected, header.Read([1, 2, 3, 4]).Status);
    }

    private static (string, int, int, long) Shown((string Status, int Length, int Body, long Id, ulong, int, string) read) => (read.Status, read.Length, read.Body, read.Id);
}
