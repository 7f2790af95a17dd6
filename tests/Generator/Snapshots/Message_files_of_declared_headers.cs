using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Snapshots;

/// <summary>Messages with every kind of member, bound to headers of their own.</summary>
public sealed class Message_files_of_declared_headers
{
    [Fact]
    public void View_of_parts() => Match("""
        [Message(7)]
        public readonly ref partial struct Announce
        {
            [LengthPrefix(1), Utf8]
            public readonly ReadOnlySpan<byte> Name;

            [ZeroTerminated]
            public readonly ReadOnlySpan<byte> Comment;

            public readonly ushort Port;

            [CountedBy(nameof(Port)), BigEndian]
            public readonly WireSpan<uint> Values;

            [Tail]
            public readonly ReadOnlySpan<byte> Payload;
        }
        """);

    [Fact]
    public void View_sized_by_its_header() => Match("""
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct CacheHeader(
            [Constant(0x80)] byte Magic,
            [MessageId] byte Opcode,
            ushort KeyLength,
            [Length] uint BodyLength);

        [Message<CacheHeader>(1)]
        public readonly ref partial struct Set
        {
            [SizedBy(nameof(CacheHeader.KeyLength))]
            public readonly ReadOnlySpan<byte> Key;

            [Tail]
            public readonly ReadOnlySpan<byte> Value;
        }
        """);

    [Fact]
    public void Members_that_may_be_missing() => Match("""
        [Message(9, Extensible = true)]
        public readonly partial record struct Spawn(int Entity, [Omittable] float Speed, [Omittable] byte Armour);
        """);

    [Fact]
    public void Structs_within_a_message() => Match("""
        [WireStruct]
        public readonly partial record struct Point(short X, short Y);

        [System.Runtime.CompilerServices.InlineArray(4)]
        public struct FourPoints
        {
            private Point _first;
        }

        [Message(5), BigEndian]
        public readonly partial record struct Segment(Point From, [LittleEndian] Point To, FourPoints Between);
        """);

    [Fact]
    public void A_struct_within_messages() => Match("[WireStruct] public readonly partial record struct Point(short X, [BigEndian] short Y, byte Z);", "WireStruct");

    [Fact]
    public void Constants_bits_and_validated() => Match("""
        public enum Direction : byte { North, South, West = 7 }

        [Flags]
        public enum Moods : ushort { None, Glad = 1, Sad = 8 }

        [Message(3), BigEndian]
        public readonly partial record struct Alarm([Constant(0x7E)] byte Mark, [Bits(1)] bool IsUrgent, [Bits(7)] sbyte Level, [Reserved] byte Later,
            [Validated] Direction To, [Validated] Moods Moods);
        """);

    [Fact]
    public void Request() => Match("""
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct SmppHeader(
            [Length(CountsFrom = 0)] uint Length,
            [MessageId(Mask = 0x7FFF_FFFF), ReplyFlag(Mask = 0x8000_0000)] uint Command,
            [Fault] uint Status,
            [Correlation] uint Sequence);

        [Message<SmppHeader>(0x15, Reply = typeof(EnquireLinkResponse))]
        public readonly partial record struct EnquireLink;

        [Message<SmppHeader>(0x15, IsReply = true)]
        public readonly partial record struct EnquireLinkResponse;
        """);

    private static void Match(string source, string aspect = "Message", [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        Generated generated = UserProject.Generate($"""
            using System;
            using QContinuum;

            namespace Game;

            {source}
            """);
        Snapshot.Match(generated, aspect, method: method);
    }
}
