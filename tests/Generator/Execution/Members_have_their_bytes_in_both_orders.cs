using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Execution;

/// <summary>Messages with every kind of member: exact bytes, every truncation, and what is refused when it is read or sent.</summary>
public sealed class Members_have_their_bytes_in_both_orders
{
    private const string Fixed = """
        public enum Mood : ushort { Glad = 0x0102 }
        [WireStruct] public readonly partial record struct Point(short X, [Bits(4)] byte A, [Bits(12)] ushort B);
        [WireStruct, BigEndian] public readonly partial record struct Big(short X);
        [System.Runtime.CompilerServices.InlineArray(2)] public struct Two { private ushort _first; }
        [System.Runtime.CompilerServices.InlineArray(2)] public struct Points { private Point _first; }
        [Message(1), ORDER] public readonly partial record struct M(Int24 Three, Half Half, Int128 Huge, Guid Guid, Mood Mood, Point Point, Big Big, Two Two, Points Points, [LittleEndian] ushort Little);
        """;

    private const string FixedValue =
        "new M((Int24)(-2), (Half)1.5, 1, Guid.Parse(\"00112233-4455-6677-8899-aabbccddeeff\"), Mood.Glad, new Point(1, 2, 0x345), new Big(6), Two(), Points(), 9)";

    private const string FixedHelpers = """
        static Two Two() { Two two = default; two[0] = 1; two[1] = 2; return two; }
        static Points Points() { Points points = default; points[0] = new Point(1, 1, 1); points[1] = new Point(-1, 2, 2); return points; }
        """;

    private const string Parts = """
        [Message(2), ORDER] public readonly ref partial struct M
        {
            [LengthPrefix(1), Utf8] public readonly ReadOnlySpan<byte> Name;
            [LengthPrefix(3)] public readonly WireSpan<ushort> Values;
            [ZeroTerminated] public readonly ReadOnlySpan<byte> Comment;
            public readonly ushort Size;
            public readonly byte Count;
            [SizedBy(nameof(Size))] public readonly WireSpan<uint> Sized;
            [CountedBy(nameof(Count))] public readonly WireSpan<ushort> Counted;
            public readonly short Between;
        }
        """;

    private const string PartsValue = "new M(\"ab\"u8, new ushort[] { 1, 2 }, \"c\"u8, new uint[] { 3 }, new ushort[] { 4, 5 }, -2)";

    private const string SharedCount = """
        [Message(3)] public readonly ref partial struct M
        {
            public readonly byte Count;
            [CountedBy(nameof(Count))] public readonly WireSpan<ushort> One;
            [CountedBy(nameof(Count))] public readonly WireSpan<byte> Other;
        }
        """;

    private const string Omittable = "[Message(4ARGUMENTS)] public readonly partial record struct M(int Entity, [Omittable] short Speed, [Omittable] byte Armour);";

    private const string Validated = """
        public enum Direction : byte { North, South, West = 7 }
        [Flags] public enum Moods : byte { Glad = 1, Sad = 8 }
        public enum Deep : long { Low = -1, High = 5 }
        [Message(5), BigEndian] public readonly partial record struct M([Constant(0x7E)] byte Mark, [Validated] Direction To, [Validated] Moods Moods, [Validated] Deep Deep, [Reserved] byte Later,
            [Bits(3), Constant(-3)] sbyte Fixed, [Bits(5), Validated] Direction Small);
        """;

    [Theory]
    [InlineData("BigEndian", "FFFFFE 3E00 00000000000000000000000000000001 00112233445566778899AABBCCDDEEFF 0102 0001 2345 0006 0001 0002 0001 1001 FFFF 2002 0900")]
    [InlineData("LittleEndian", "FEFFFF 003E 01000000000000000000000000000000 33221100554477668899AABBCCDDEEFF 0201 0100 5234 0006 0100 0200 0100 1100 FFFF 2200 0900")]
    public void Of_a_fixed_size(string order, string expected)
    {
        UserMessage message = UserMessage.Load(Fixed.Replace("ORDER", order, StringComparison.Ordinal), FixedValue, FixedHelpers);
        byte[] body = Frames.Bytes(expected);
        Assert.Equal(body, message.Write());
        Assert.Equal(body, message.Again(body));
        TruncatedIsRefused(message, body);
        Assert.Null(message.Again([.. body, 0]));
    }

    [Theory]
    [InlineData("BigEndian", "02 6162 000004 0001 0002 63 00 0004 02 00000003 0004 0005 FFFE")]
    [InlineData("LittleEndian", "02 6162 040000 0100 0200 63 00 0400 02 03000000 0400 0500 FEFF")]
    public void Of_any_length(string order, string expected)
    {
        UserMessage message = UserMessage.Load(Parts.Replace("ORDER", order, StringComparison.Ordinal), PartsValue);
        byte[] body = Frames.Bytes(expected);
        Assert.Equal(body, message.Write());
        Assert.Equal(body, message.Again(body));
        TruncatedIsRefused(message, body);
        Assert.Null(message.Again([.. body, 0]));
        EveryByteIsSafe(message, body);
    }

    [Theory]
    [InlineData("01 FF 000000 00 0000 00 0000")] // no text
    [InlineData("02 C080 000000 00 0000 00 0000")] // overlong
    [InlineData("00 FFFFFF 00 0000 00 0000")]
    [InlineData("00 000000 00 0003 00 000000 0000")] // no whole number of elements
    public void Bad_parts(string body)
        => Assert.Null(UserMessage.Load(Parts.Replace("ORDER", "BigEndian", StringComparison.Ordinal), PartsValue).Again(Frames.Bytes(body)));

    [Theory]
    [InlineData("new M(new byte[256], default, default, default, default, 0)")]
    [InlineData("new M(default, default, \"a\\0b\"u8, default, default, 0)")]
    [InlineData("new M(default, default, default, new uint[16384], default, 0)")]
    [InlineData("new M(default, default, default, default, new ushort[256], 0)")]
    public void What_no_length_can_say_is_not_sent(string value)
        => Assert.Throws<ArgumentException>(() => UserMessage.Load(Parts.Replace("ORDER", "BigEndian", StringComparison.Ordinal), value).Write());

    [Fact]
    public void Counts_that_two_parts_share()
    {
        UserMessage message = UserMessage.Load(SharedCount, "new M(new ushort[] { 1, 2 }, new byte[] { 3, 4 })");
        byte[] body = Frames.Bytes("02 0100 0200 03 04");
        Assert.Equal(body, message.Write());
        Assert.Equal(body, message.Again(body));
        TruncatedIsRefused(message, body);
        Assert.Throws<ArgumentException>(() => UserMessage.Load(SharedCount, "new M(new ushort[] { 1, 2 }, new byte[] { 3 })").Write());
    }

    [Fact]
    public void That_may_be_missing()
    {
        UserMessage message = UserMessage.Load(Omittable.Replace("ARGUMENTS", "", StringComparison.Ordinal), "new M(1, 2, 3)");
        byte[] body = Frames.Bytes("01000000 0200 03");
        Assert.Equal(body, message.Write());
        for (int length = 0; length <= body.Length + 1; length++)
        {
            byte[] cut = [.. body.Append((byte)9).Take(length)];
            byte[]? expected = length is 4 or 6 or 7 ? [.. cut, .. new byte[7 - length]] : null;
            Assert.Equal(expected, message.Again(cut));
        }
    }

    [Fact]
    public void And_more_than_is_declared()
    {
        UserMessage message = UserMessage.Load(Omittable.Replace("ARGUMENTS", ", Extensible = true", StringComparison.Ordinal), "new M(1, 2, 3)");
        byte[] body = Frames.Bytes("01000000 0200 03 09 09");
        for (int length = 0; length <= body.Length; length++)
        {
            Assert.Equal(length is 4 or 6 or >= 7, message.Again(body[..length]) is not null);
        }

        Assert.Equal(body[..7], message.Again(body));
    }

    [Fact]
    public void That_are_constant_reserved_or_validated()
    {
        UserMessage message = UserMessage.Load(Validated, "new M(Direction.West, Moods.Glad | Moods.Sad, Deep.Low, Direction.South)");
        byte[] body = Frames.Bytes("7E 07 09 FFFFFFFFFFFFFFFF 00 A1");
        Assert.Equal(body, message.Write());
        Assert.Equal(body, message.Again(body));
        TruncatedIsRefused(message, body);

        // What is reserved is not looked at, and written as zero.
        Assert.Equal(body, message.Again(Frames.Bytes("7E 07 09 FFFFFFFFFFFFFFFF 55 A1")));
        string[] wrong =
        [
            "7F 07 09 FFFFFFFFFFFFFFFF 00 A1", "7E 02 09 FFFFFFFFFFFFFFFF 00 A1", "7E 07 0B FFFFFFFFFFFFFFFF 00 A1", "7E 07 09 FFFFFFFFFFFFFFFE 00 A1",
            "7E 07 09 00000000FFFFFFFF 00 A1", "7E 07 09 FFFFFFFFFFFFFFFF 00 81", "7E 07 09 FFFFFFFFFFFFFFFF 00 A2",
        ];
        Assert.All(wrong, body => Assert.Null(message.Again(Frames.Bytes(body))));
    }

    private static void TruncatedIsRefused(UserMessage message, byte[] body)
    {
        for (int length = 0; length < body.Length; length++)
        {
            Assert.Null(message.Again(body[..length]));
        }
    }

    // Whatever is read is a message: written again, it has the length that it had.
    private static void EveryByteIsSafe(UserMessage message, byte[] body)
    {
        for (int index = 0; index < body.Length; index++)
        {
            foreach (byte value in new byte[] { 0, 1, 0x7F, 0x80, 0xFF })
            {
                byte[] changed = [.. body];
                changed[index] = value;
                Assert.True(message.Again(changed) is not { } again || again.SequenceEqual(changed));
            }
        }
    }
}
