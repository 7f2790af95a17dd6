using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Execution;

public sealed class Fields_of_a_header_have_their_bytes
{
    private const string Numbers = """
        public enum Mood : ushort { Glad = 0x0102 }

        public readonly partial record struct H([Length] byte Length, Int128 Huge, Half Half, Guid Guid, Mood Mood, bool Flag, Int24 Three, double Double, [MessageId] byte Kind);
        """;

    private const string Chosen =
        "new H(huge: -2, half: (Half)1.5, guid: Guid.Parse(\"00112233-4455-6677-8899-aabbccddeeff\"), mood: Mood.Glad, flag: true, three: (Int24)(-3), @double: 1.5)";

    [Theory]
    [InlineData("BigEndian", "01 FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFE 3E00 00112233445566778899AABBCCDDEEFF 0102 01 FFFFFD 3FF8000000000000 07 63")]
    [InlineData("LittleEndian", "01 FEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF 003E 33221100554477668899AABBCCDDEEFF 0201 01 FDFFFF 000000000000F83F 07 63")]
    public void Every_type(string order, string expected)
    {
        UserHeader header = UserHeader.Load(Numbers.Replace("public readonly partial", $"[Header(ByteOrder.{order})] public readonly partial", StringComparison.Ordinal), Chosen);

        byte[] frame = Frames.Bytes(expected);
        Assert.Equal(frame, header.Send(7, body: 0x63));
        Assert.Contains(
            "Huge = -2, Half = 1.5, Guid = 00112233-4455-6677-8899-aabbccddeeff, Mood = Glad, Flag = True, Three = -3, Double = 1.5, Kind = 7",
            header.Read(frame).Header,
            StringComparison.Ordinal);
    }

    // Bits of 3, 5 (signed), 12 and 4: -2 is 11110; the values are 5, -2, 0xABC, 9.
    [Theory]
    [InlineData("ByteOrder.BigEndian", "BE ABC9")]
    [InlineData("ByteOrder.BigEndian, BitOrder = BitOrder.LeastSignificantFirst", "9A BCF5")]
    [InlineData("ByteOrder.LittleEndian", "F5 BC9A")]
    [InlineData("ByteOrder.LittleEndian, BitOrder = BitOrder.MostSignificantFirst", "C9AB BE")]
    public void Bits(string order, string expected)
    {
        UserHeader header = UserHeader.Load(
            $"[Header({order})] public readonly partial record struct H([Bits(3)] byte A, [Bits(5)] sbyte B, [Bits(12)] short C, [Bits(4), MessageId] byte Kind, [Length] byte Length);",
            "new H(a: 5, b: -2, c: unchecked((short)0xFABC))");

        byte[] frame = [.. Frames.Bytes(expected), 0];
        Assert.Equal(frame, header.Send(9));
        Assert.Equal(9, header.Read(frame).Id);
        Assert.Contains("A = 5, B = -2, C = -1348, Kind = 9", header.Read(frame).Header, StringComparison.Ordinal);
    }

    [Fact]
    public void Bits_of_a_role_with_a_sign()
    {
        UserHeader header = UserHeader.Load(
            "[Header(ByteOrder.BigEndian)] public readonly partial record struct H([Bits(4), MessageId] sbyte Kind, [Bits(4), Correlation] sbyte Tag, [Bits(5), Length] sbyte Length, [Bits(3), Constant(-3)] int Fixed);");

        Assert.Equal(Frames.Bytes("EF 05"), header.Write(-2, 15));
        var read = header.Read(Frames.Bytes("EF 05"));
        Assert.Equal(("Complete", -2L, 15UL), (read.Status, read.Id, read.Correlation));
        Assert.Equal("NegativeLength", header.Read(Frames.Bytes("EF FD")).Status);
        Assert.Equal("BadHeader", header.Read(Frames.Bytes("EF 04")).Status);
    }

    [Fact]
    public void Two_parts_of_an_id()
    {
        UserHeader header = UserHeader.Load("[Header(ByteOrder.BigEndian)] public readonly partial record struct H([MessageId] ushort Class, [MessageId] short Method, [Length] byte Length);");

        Assert.Equal(Frames.Bytes("000A 000B 00"), header.Write(0x000A_000B));
        Assert.Equal(0x000A_000B, header.Read(Frames.Bytes("000A 000B 00")).Id);
        Assert.Equal(0xFFFF_FFFE, header.Read(Frames.Bytes("FFFF FFFE 00")).Id);
        Assert.Equal(Frames.Bytes("FFFF FFFE 00"), header.Write(0xFFFF_FFFE));
    }

    [Fact]
    public void What_the_sender_chose_is_kept_and_what_is_derived_is_not()
    {
        UserHeader header = UserHeader.Load("""
            [Header(ByteOrder.BigEndian)]
            public readonly partial record struct H([Length] byte Length, [MessageId(Mask = 0x3F), ReplyFlag(Mask = 0x80)] byte Kind, [Correlation] byte Tag, [Copied] byte Unit,
                [Fault] byte Status, [Reserved] byte Later, [Constant(7)] byte Fixed, byte Priority);
            """,
            "new H(unit: 4, status: 5, priority: 6) with { Tag = 3, Kind = 0xC1, Length = 99, Later = 8, Fixed = 9 }");

        // Of the kind the bit that no role has, and the flag, are kept; the status is that of the header that is replied with, for a fault.
        Assert.Equal(Frames.Bytes("01 C2 03 04 05 00 07 06 AA"), header.Send(2, body: 0xAA));
        Assert.Equal(Frames.Bytes("00 82 03 04 00 00 07 00"), header.Reply(Frames.Bytes("01 42 03 04 05 01 07 06 AA")));
        Assert.Equal(Frames.Bytes("00 82 03 04 05 00 07 00"), header.Reply(Frames.Bytes("01 42 03 04 05 01 07 06 AA"), (int)MessageRole.Fault));
        Assert.Equal((int)(MessageRole.Reply | MessageRole.Fault), header.Read(Frames.Bytes("00 82 03 04 01 00 07 00")).Role);
        Assert.Equal((int)MessageRole.Reply, header.Read(Frames.Bytes("00 82 03 04 00 00 07 00")).Role);
        Assert.Equal(0, header.Read(Frames.Bytes("00 02 03 04 01 00 07 00")).Role);
    }

    [Fact]
    public void A_second_length_is_the_sender_s()
    {
        UserHeader header = UserHeader.Load(
            "[Header(ByteOrder.BigEndian)] public readonly partial record struct H([Length] byte Content, [Length(Scale = 2)] byte Padding, [MessageId] byte Kind);",
            "default(H) with { Padding = 2 }");

        Assert.Equal(Frames.Bytes("01 02 09 AA 00000000"), header.Send(9, body: [0xAA, 0, 0, 0, 0]));
        Assert.Equal(5, header.Read(Frames.Bytes("01 02 09 AA 00000000")).Body);
        Assert.Equal("Incomplete", header.Read(Frames.Bytes("01 02 09 AA 000000")).Status);
        Assert.Throws<ArgumentException>(() => header.Send(9, body: [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => header.Send(9, body: new byte[260]));
        Assert.Equal(259, header.Read(header.Send(9, body: new byte[259])).Body);
    }

    [Theory]
    [InlineData("[Length] byte Length", 255, 256)]
    [InlineData("[Length] sbyte Length", 127, 128)]
    [InlineData("[Length, Bits(4)] byte Length, [Bits(4)] byte Rest", 15, 16)]
    [InlineData("[Length(CountsFrom = 0)] byte Length", 253, 254)]
    [InlineData("[Length(Scale = 4)] byte Length", 1020, 1021)]
    [InlineData("[Length(Scale = 4)] byte Length", 8, 7)]
    [InlineData("[Length(Scale = 4, Adjust = 2)] byte Length", 2, 4)]
    [InlineData("[Length(Adjust = 1)] byte Length", 1, 0)]
    public void A_length_that_cannot_be_written_is_refused(string length, int most, int tooMuch)
    {
        UserHeader header = UserHeader.Load($"[Header(ByteOrder.BigEndian)] public readonly partial record struct H({length}, [MessageId] byte Kind);");

        byte[] frame = header.Write(1, body: new byte[most]);
        Assert.Equal(("Complete", most), (header.Read(frame).Status, header.Read(frame).Body));
        Assert.Throws<ArgumentException>(() => header.Write(1, body: new byte[tooMuch]));
    }

    /// <summary>A field without a mask is a status, which the sender chooses: a fault without one is refused.</summary>
    [Fact]
    public void A_fault_has_a_status()
    {
        const string Declaration = "[Header(ByteOrder.BigEndian)] public readonly partial record struct H([Length] byte Length, [MessageId] byte Kind, [Fault] ushort Status);";
        UserHeader chosen = UserHeader.Load(Declaration, "new H(status: 0x0102)");
        int reply = (int)MessageRole.Reply;
        int fault = (int)(MessageRole.Reply | MessageRole.Fault);

        Assert.Equal(Frames.Bytes("00 07 0102"), chosen.Send(7, fault));
        Assert.Equal(Frames.Bytes("00 07 0102"), chosen.Send(7, reply));
        Assert.Equal(Frames.Bytes("00 07 0102"), chosen.Send(7));
        ArgumentException missing = Assert.Throws<ArgumentException>(() => UserHeader.Load(Declaration).Send(7, fault));
        Assert.Contains("A fault is told by its Status, which is 0", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Bits(1), Fault] bool Failed, [Bits(7)] byte Rest", "80")]
    [InlineData("[Bits(1), Fault] byte Failed, [Bits(7)] byte Rest", "80")]
    [InlineData("[Fault] bool Failed", "01")]
    [InlineData("[Fault(Mask = 4)] byte Failed", "04")]
    public void A_fault_of_one_bit_is_set_by_itself(string field, string bits)
    {
        UserHeader header = UserHeader.Load($"[Header(ByteOrder.BigEndian)] public readonly partial record struct H([Length] byte Length, [MessageId] byte Kind, {field});");
        int fault = (int)(MessageRole.Reply | MessageRole.Fault);
        byte[] frame = Frames.Bytes("00 07 " + bits);

        Assert.Equal(frame, header.Send(7, fault));
        Assert.Equal(frame, header.Write(7, role: fault));
        Assert.Equal(fault, header.Read(frame).Role);
        Assert.Equal(0, header.Read(Frames.Bytes("00 07 00")).Role);
    }

    [Theory]
    [InlineData("[ReplyFlag] bool IsReply", "01")]
    [InlineData("[Bits(1), ReplyFlag] bool IsReply, [Bits(7)] byte Rest", "80")]
    [InlineData("[Bits(1), ReplyFlag] byte IsReply, [Bits(7)] byte Rest", "80")]
    public void A_reply_flag_of_one_bit_or_a_bool(string field, string bits)
    {
        UserHeader header = UserHeader.Load($"[Header(ByteOrder.BigEndian)] public readonly partial record struct H([Length] byte Length, [MessageId] byte Kind, {field});");
        byte[] frame = Frames.Bytes("00 07 " + bits);

        Assert.Equal(frame, header.Write(7, role: (int)MessageRole.Reply));
        Assert.Equal(frame, header.Reply(Frames.Bytes("00 07 00")));
        Assert.Equal((int)MessageRole.Reply, header.Read(frame).Role);
    }

    /// <summary>What the framer goes by is the sender's to say: a frame that it measures otherwise is never sent.</summary>
    [Fact]
    public void A_frame_is_as_long_as_its_own_framer_says()
    {
        const string Declaration = """
            [Header(ByteOrder.BigEndian)]
            public readonly partial record struct H([MessageId] byte Kind, byte Size)
            {
                [Framer]
                public static FrameStatus Measure(in H header, ReadOnlySpan<byte> received, out int frame) { frame = 2 + header.Size; return FrameStatus.Complete; }
            }
            """;
        UserHeader header = UserHeader.Load(Declaration, "new H(size: 3)");

        Assert.Equal(Frames.Bytes("01 03 AABBCC"), header.Send(1, body: [0xAA, 0xBB, 0xCC]));
        Assert.Contains("measures 5", Assert.Throws<ArgumentException>(() => header.Send(1, body: [1, 2, 3, 4])).Message, StringComparison.Ordinal);
        Assert.Contains("says Incomplete", Assert.Throws<ArgumentException>(() => header.Send(1, body: [1, 2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => header.Write(1, body: [1]));
    }

    /// <summary>A checksum of the header alone guards its length: it is looked at before the length is believed.</summary>
    [Fact]
    public void A_checksum_of_the_header_is_judged_without_the_body()
    {
        UserHeader header = UserHeader.Load(
            "[Header(ByteOrder.BigEndian)] public readonly partial record struct H([Length] byte Length, [MessageId] byte Kind, [Checksum(ChecksumAlgorithm.Xor, Over = ChecksumOver.Header)] byte Check);");

        Assert.Equal("Incomplete", header.Read(Frames.Bytes("FF 01 FE")).Status);
        Assert.Equal("BadChecksum", header.Read(Frames.Bytes("FF 01 FF")).Status);
        Assert.Equal("BadChecksum", header.Read(Frames.Bytes("FE 01 FE")).Status);
    }

    /// <summary>A flag that requests have, and replies have not.</summary>
    [Fact]
    public void A_constant_may_be_a_bool()
    {
        UserHeader header = UserHeader.Load(
            "[Header(ByteOrder.BigEndian)] public readonly partial record struct H([Length] byte Length, [MessageId] byte Kind, [Bits(1), Constant(1, Reply = 0)] bool IsRequest, [Bits(1), Constant(1)] bool Always, [Bits(6)] byte Rest);");

        Assert.Equal(Frames.Bytes("00 07 C0"), header.Write(7));
        Assert.Equal(Frames.Bytes("00 07 40"), header.Reply(Frames.Bytes("00 07 C0")));
        Assert.Equal(0, header.Read(Frames.Bytes("00 07 C0")).Role);
        Assert.Equal((int)MessageRole.Reply, header.Read(Frames.Bytes("00 07 40")).Role);
        Assert.Equal("BadHeader", header.Read(Frames.Bytes("00 07 80")).Status);
    }
}
