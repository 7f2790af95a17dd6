using QContinuum;

namespace Dns.Messages;

/// <summary>
/// A query with its first question (RFC 1035, 4.1.2). A name is labels, each behind its length, up to one of length zero: that is read as bytes up to
/// the next zero, so a label with a zero byte in it, which the RFC allows and no host has, is taken for the end.
/// </summary>
[Message<DnsHeader>(0)]
public readonly ref partial struct Query
{
    [ZeroTerminated]
    public readonly ReadOnlySpan<byte> Name;

    public readonly RecordType Type;

    public readonly RecordClass Class;

    /// <summary>What follows the question: the OPT record of a client that speaks EDNS (RFC 6891), or nothing.</summary>
    [Tail]
    public readonly ReadOnlySpan<byte> Records;
}

/// <summary>What is asked for (RFC 1035, 3.2.2); every other number is a type too.</summary>
public enum RecordType : ushort
{
    A = 1,
}

/// <summary>Where it is asked for (RFC 1035, 3.2.4); every other number is a class too.</summary>
public enum RecordClass : ushort
{
    Internet = 1,
}
