using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Execution;

/// <summary>Headers as users declare them: the exact bytes both ways, and what every cut and every lie gives.</summary>
public sealed class A_header_frames_as_declared
{
    private const string Modbus = """
        [Header(ByteOrder.BigEndian, MaxFrame = 260)]
        public readonly partial record struct H([Correlation] ushort Transaction, [Constant(0)] ushort Protocol,
            [Length(CountsFrom = 6)] ushort Length, [Copied] byte Unit, [MessageId(Mask = 0x7F), Fault(Mask = 0x80)] byte Function);
        """;

    private const string Smpp = """
        [Header(ByteOrder.BigEndian, MaxFrame = 1024)]
        public readonly partial record struct H([Length(CountsFrom = 0)] uint Length,
            [MessageId(Mask = 0x7FFF_FFFF), ReplyFlag(Mask = 0x8000_0000)] uint Command, [Fault] uint Status, [Correlation] uint Sequence);
        """;

    private const string Bits = """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct H([MessageId, Bits(4)] byte Kind, [Bits(4)] sbyte Size, [Length, Bits(12)] ushort header, [Bits(4)] byte Codec);
        """;

    private const string Repeated = """
        [Header(ByteOrder.LittleEndian)]
        public readonly partial record struct H([Constant(0x68)] byte Start, [Length] byte Length, [Repeats("Length")] byte Again,
            [Constant(0x68)] byte StartAgain, [MessageId(InBody = true)] byte Control, [Trailer, Constant(0x16)] byte Stop);
        """;

    private const string Several = """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct H([Constant(1)] byte Version, [MessageId] byte Type, ushort RequestId,
            [Length] ushort Content, [Length] byte Padding, [Reserved] byte Unused);
        """;

    private const string Magic = """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct H([Constant(0x00524551, Reply = 0x00524553)] uint Magic, [MessageId] int Kind, [Length] ulong Length);
        """;

    private const string Words = """
        [Header(ByteOrder.LittleEndian)]
        public readonly partial record struct H([MessageId] short Kind, [Length(CountsFrom = 2, Scale = 4, Adjust = 2)] short Length, UInt24 @class);
        """;

    // Declaration, id, correlation, role (0 none, 1 reply, 3 fault), bytes of the body, and the header and trailer as they are written.
    [Theory]
    [InlineData(Modbus, 3, 0x0102, 0, 2, "0102 0000 0004 00 03", "")]
    [InlineData(Modbus, 3, 0x0102, 3, 2, "0102 0000 0004 00 83", "")]
    [InlineData(Smpp, 2, 7, 0, 0, "00000010 00000002 00000000 00000007", "")]
    [InlineData(Smpp, 2, 7, 1, 3, "00000013 80000002 00000000 00000007", "")]
    [InlineData(Bits, 9, 0, 0, 5, "90 0050", "")]
    [InlineData(Repeated, 8, 0, 0, 2, "68 03 03 68 08", "16")]
    [InlineData(Several, 5, 0, 0, 3, "01 05 0000 0003 00 00", "")]
    [InlineData(Magic, -2, 0, 0, 1, "00524551 FFFFFFFE 0000000000000001", "")]
    [InlineData(Magic, -2, 0, 1, 1, "00524553 FFFFFFFE 0000000000000001", "")]
    [InlineData(Words, -1, 0, 0, 5, "FFFF 0200 000000", "")]
    public void Bytes_both_ways_and_every_cut(string declaration, long id, int correlation, int role, int body, string head, string trailer)
    {
        Harness harness = Load(declaration);
        byte[] expected = [.. Frames.Bytes(head), .. new byte[body], .. Frames.Bytes(trailer)];

        Assert.Equal(expected, harness.Write(id, (ulong)correlation, role, body));
        Assert.Equal(("Complete", expected.Length, body, id, (ulong)correlation, role), harness.Read(expected, int.MaxValue));
        for (int length = 0; length < expected.Length; length++)
        {
            Assert.Equal("Incomplete", harness.Read(expected[..length], int.MaxValue).Status);
        }

        if (body > 0)
        {
            Assert.Equal("TooLong", harness.Read(expected[..Frames.Bytes(head).Length], body - 1).Status);
        }
    }

    [Theory]
    [InlineData(Modbus, "0102 0001 0004 00 03 0000", "BadHeader")]
    [InlineData(Modbus, "0102 0000 0001 00 03 0000", "BadHeader")]
    [InlineData(Modbus, "0102 0000 00FF 00 03 0000", "TooLong")]
    [InlineData(Smpp, "0000000F 00000002 00000000 00000007", "BadHeader")]
    [InlineData(Smpp, "FFFFFFFF 00000002 00000000 00000007", "TooLong")]
    [InlineData(Repeated, "68 03 04 68 08", "BadHeader")]
    [InlineData(Repeated, "68 03 03 68 08 0000 17", "BadHeader")]
    [InlineData(Magic, "00524550 FFFFFFFE 0000000000000001", "BadHeader")]
    [InlineData(Magic, "00524551 FFFFFFFE 8000000000000000", "TooLong")]
    [InlineData(Words, "FFFF FFFF 000000", "NegativeLength")]
    public void A_lie_is_refused(string declaration, string bytes, string status)
        => Assert.Equal(status, Load(declaration).Read(Frames.Bytes(bytes), int.MaxValue).Status);

    private static Harness Load(string declaration)
    {
        Type harness = UserProject.Generate($$"""
            using System;
            using QContinuum;
            using QContinuum.Protocol;

            {{declaration}}

            public static class Harness
            {
                public static byte[] Write(long id, ulong correlation, int role, int body)
                {
                    byte[] frame = new byte[Framing.SizeOf<H>(body)];
                    Framing.Begin(frame, Framing.Create<H>(id, correlation, (MessageRole)role), body);
                    return frame;
                }

                public static (string, int, int, long, ulong, int) Read(byte[] bytes, int maxBody)
                {
                    FrameStatus status = Framing.TryReadFrame(bytes, maxBody, out H header, out FrameExtent extent);
                    return (status.ToString(), extent.Length, extent.BodyLength, Framing.IdOf(in header), Correlation(in header), (int)Framing.RoleOf(in header));
                }

                private static ulong Correlation<T>(in T header) where T : struct, IHeader<T> => T.CorrelationOf(in header);
            }
            """).Load("Harness");
        return new Harness(
            harness.GetMethod("Write")!.CreateDelegate<Func<long, ulong, int, int, byte[]>>(),
            harness.GetMethod("Read")!.CreateDelegate<Func<byte[], int, (string Status, int Length, int Body, long Id, ulong Correlation, int Role)>>());
    }

    private sealed record Harness(
        Func<long, ulong, int, int, byte[]> Write,
        Func<byte[], int, (string Status, int Length, int Body, long Id, ulong Correlation, int Role)> Read);
}
