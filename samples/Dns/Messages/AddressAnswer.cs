using QContinuum;

namespace Dns.Messages;

/// <summary>The question again, and the one address that answers it (RFC 1035, 4.1.3 and 3.4.1).</summary>
[Message<DnsHeader>(0, IsReply = true)]
public readonly ref partial struct AddressAnswer
{
    [ZeroTerminated]
    public readonly ReadOnlySpan<byte> Name;

    public readonly RecordType Type;

    public readonly RecordClass Class;

    /// <summary>A pointer to the name of the question, 12 bytes into the message (RFC 1035, 4.1.4).</summary>
    [Constant(0xC00C)]
    public readonly ushort Owner;

    [Constant(1)]
    public readonly RecordType AnswerType;

    [Constant(1)]
    public readonly RecordClass AnswerClass;

    public readonly uint Seconds;

    [Constant(4)]
    public readonly ushort AddressLength;

    public readonly uint Address;
}
