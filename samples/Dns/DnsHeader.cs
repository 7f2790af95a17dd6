using QContinuum;

namespace Dns;

/// <summary>The two bytes of length that TCP adds (RFC 1035, 4.2.2), and the header behind them (4.1.1).</summary>
[Header(ByteOrder.BigEndian)]
public readonly partial record struct DnsHeader(
    [Length(CountsFrom = 2)] ushort Length,
    [Correlation] ushort Id,
    [Bits(1), ReplyFlag] bool IsResponse,
    [Bits(4), MessageId] byte Opcode,
    [Bits(1)] bool IsAuthoritative,
    [Bits(1)] bool IsTruncated,
    [Bits(1), Copied] bool RecursionDesired,
    [Bits(1)] bool RecursionAvailable,
    [Bits(3), Reserved] byte Zero,
    [Bits(4), Fault] ResponseCode ResponseCode,
    ushort Questions,
    ushort Answers,
    ushort Authorities,
    ushort Additionals);

/// <summary>How a question fared (RFC 1035, 4.1.1).</summary>
public enum ResponseCode : byte
{
    NoError = 0,
    FormatError = 1,
    NotImplemented = 4,
}
