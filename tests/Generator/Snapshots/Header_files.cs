using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Snapshots;

public sealed class Header_files
{
    [Fact]
    public void Modbus() => Match("""
        [Header(ByteOrder.BigEndian, MaxFrame = 260)]
        public readonly partial record struct ModbusHeader(
            [Correlation] ushort Transaction,
            [Constant(0)] ushort Protocol,
            [Length(CountsFrom = 6)] ushort Length,
            [Copied] byte Unit,
            [MessageId(Mask = 0x7F), Fault(Mask = 0x80)] byte Function);
        """);

    [Fact]
    public void MBus() => Match("""
        [Header(ByteOrder.LittleEndian)]
        public readonly partial record struct LongFrame(
            [Constant(0x68)] byte Start,
            [Length] byte Length,
            [Repeats(nameof(LongFrame.Length))] byte LengthAgain,
            [Constant(0x68)] byte StartAgain,
            [MessageId(InBody = true)] byte Control,
            [Trailer, Checksum(ChecksumAlgorithm.Sum, From = 4)] byte Sum,
            [Trailer, Constant(0x16)] byte Stop);
        """);

    [Fact]
    public void Smpp() => Match("""
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct SmppHeader(
            [Length(CountsFrom = 0)] uint Length,
            [MessageId(Mask = 0x7FFF_FFFF), ReplyFlag(Mask = 0x8000_0000)] uint Command,
            [Fault] uint Status,
            [Correlation] uint Sequence);
        """);

    [Fact]
    public void Bit_fields() => Match("""
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DnsHeader(
            [Length(CountsFrom = 2)] ushort Length,
            [Correlation] ushort Id,
            [Bits(1), ReplyFlag] bool IsResponse,
            [Bits(4), MessageId] byte Opcode,
            [Bits(1)] bool IsAuthoritative,
            [Bits(1), Copied] bool RecursionDesired,
            [Bits(2)] sbyte Signed,
            [Bits(3), Reserved] byte Zero,
            [Bits(4), Fault] byte ResponseCode);
        """);

    private static void Match(string source, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
        => Snapshot.Match(UserProject.Generate($"""
            using System;
            using QContinuum;

            namespace Game;

            {source}
            """), "Header", method: method);
}
