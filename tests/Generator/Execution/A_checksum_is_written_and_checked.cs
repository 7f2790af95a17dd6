using System.Text;
using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Execution;

public sealed class A_checksum_is_written_and_checked
{
    private const string MBus = """
        [Header(ByteOrder.LittleEndian)]
        public readonly partial record struct H([Constant(0x68)] byte Start, [Length] byte Length, [Repeats("Length")] byte Again, [Constant(0x68)] byte StartAgain,
            [MessageId(InBody = true)] byte Control, [Trailer, Checksum(ChecksumAlgorithm.Sum, From = 4)] byte Sum, [Trailer, Constant(0x16)] byte Stop);
        """;

    [Theory]
    // The check value of each algorithm is that of "123456789".
    [InlineData("Crc32C", "uint", "E3069283")]
    [InlineData("Crc32", "uint", "CBF43926")]
    [InlineData("Crc16Modbus", "ushort", "4B37")]
    [InlineData("Xor", "byte", "31")]
    [InlineData("Sum", "byte", "DD")]
    [InlineData("Sum", "ushort", "01DD")]
    [InlineData("Sum", "uint", "000001DD")]
    [InlineData("Sum", "ulong", "00000000000001DD")]
    public void In_the_trailer_and_in_the_header(string algorithm, string type, string check)
    {
        byte[] body = Encoding.ASCII.GetBytes("123456789");
        byte[] sum = Convert.FromHexString(check);
        UserHeader trailer = UserHeader.Load($$"""
            [Header(ByteOrder.BigEndian)]
            public readonly partial record struct H([Length] byte Length, [MessageId] byte Kind, [Trailer, Checksum(ChecksumAlgorithm.{{algorithm}}, Over = ChecksumOver.Body)] {{type}} Sum);
            """);
        UserHeader header = UserHeader.Load($$"""
            [Header(ByteOrder.LittleEndian)]
            public readonly partial record struct H([Length] byte Length, [Checksum(ChecksumAlgorithm.{{algorithm}}, From = {{1 + sum.Length}})] {{type}} Sum, [MessageId(InBody = true)] byte Kind);
            """);

        Assert.Equal([9, 5, .. body, .. sum], trailer.Write(5, body: body));
        Assert.Equal([9, .. sum.Reverse(), .. body], header.Write('1', body: body[1..]));
        Check(trailer, trailer.Write(5, body: body), covered: [.. Enumerable.Range(2, 9 + sum.Length)]);
        Check(header, header.Write('1', body: body[1..]), covered: [.. Enumerable.Range(1, sum.Length + 9)]);
    }

    [Fact]
    public void Over_its_own_bytes_as_zeros()
    {
        UserHeader header = UserHeader.Load("""
            [Header(ByteOrder.BigEndian)]
            public readonly partial record struct H([Length] byte Length, [Checksum(ChecksumAlgorithm.Sum)] ushort Sum, [MessageId] byte Kind);
            """);

        byte[] frame = header.Write(0xF0, body: [0x20, 3]);
        Assert.Equal([2, 0x01, 0x15, 0xF0, 0x20, 3], frame);
        Check(header, frame, covered: [1, 2, 3, 4, 5]);
    }

    [Fact]
    public void Over_the_header_alone()
    {
        UserHeader header = UserHeader.Load("""
            [Header(ByteOrder.BigEndian)]
            public readonly partial record struct H([Length] byte Length, [MessageId] byte Kind, [Checksum(ChecksumAlgorithm.Xor, Over = ChecksumOver.Header)] byte Sum);
            """);

        Assert.Equal([2, 7, 2 ^ 7, 9, 9], header.Write(7, body: [9, 9]));
        Assert.Equal("Complete", header.Read([2, 7, 2 ^ 7, 1, 2]).Status);
        Assert.Equal("BadChecksum", header.Read([2, 6, 2 ^ 7, 1, 2]).Status);
    }

    [Fact]
    public void In_the_trailer_over_everything_before_it()
    {
        UserHeader header = UserHeader.Load("""
            [Header(ByteOrder.BigEndian)]
            public readonly partial record struct H([Length(CountsFrom = 0, CountsTrailer = true)] byte Length, [Checksum(ChecksumAlgorithm.Xor)] byte First, [MessageId] byte Kind,
                [Trailer, Constant(3)] byte End, [Trailer, Checksum(ChecksumAlgorithm.Sum)] byte Sum);
            """);

        // The one in the header is there when the one in the trailer is computed.
        byte first = 6 ^ 5 ^ 9;
        byte[] frame = [6, first, 5, 9, 3, (byte)(6 + first + 5 + 9 + 3)];
        Assert.Equal(frame, header.Write(5, body: 9));
        Check(header, frame, covered: [3, 5]);
    }

    [Fact]
    public void On_the_frame_of_M_Bus()
    {
        UserHeader header = UserHeader.Load(MBus);

        byte[] frame = Frames.Bytes("68 03 03 68 53 FE 01 52 16");
        Assert.Equal(frame, header.Write(0x53, body: [0xFE, 1]));
        Check(header, frame, covered: [4, 5, 6, 7]);
        Assert.Equal("BadHeader", header.Read(Frames.Bytes("68 03 03 68 53 FE 01 52 17")).Status);
        Assert.Equal("BadHeader", header.Read(Frames.Bytes("68 00 00 68 53")).Status);
        Assert.Throws<ArgumentException>(() => header.Write(0x53, body: new byte[255]));
    }

    // The frame is whole; each covered byte, changed by a bit, is found out.
    private static void Check(UserHeader header, byte[] frame, int[] covered)
    {
        Assert.Equal(("Complete", frame.Length), (header.Read(frame).Status, header.Read(frame).Length));
        foreach (int index in covered)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] wrong = [.. frame];
                wrong[index] ^= (byte)(1 << bit);
                Assert.Equal("BadChecksum", header.Read(wrong).Status);
            }
        }

        for (int length = 0; length < frame.Length; length++)
        {
            Assert.Equal("Incomplete", header.Read(frame[..length]).Status);
        }
    }
}
