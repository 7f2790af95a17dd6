namespace QContinuum.Fuzz.Tests.Protocols;

/// <summary>Parts of the body sized by fields of the header, as in the binary protocol of memcached.</summary>
internal static class Cache
{
    public static Target Target()
        => new Target<CacheHeader>("Cache")
            .With(new Set("\0\0\0\0\0\0\0\0"u8, "key"u8, "value"u8))
            .With(new Get("key"u8));
}

[Header(ByteOrder.BigEndian, MaxFrame = 2048)]
internal readonly partial record struct CacheHeader(
    [Constant(0x80, Reply = 0x81)] byte Magic,
    [MessageId] byte Opcode,
    ushort KeyLength,
    byte ExtrasLength,
    [Reserved] byte DataType,
    [Fault] ushort Status,
    [Length] uint BodyLength,
    [Correlation] uint Opaque,
    ulong Version);

[Message<CacheHeader>(1)]
internal readonly ref partial struct Set
{
    [SizedBy(nameof(CacheHeader.ExtrasLength))]
    public readonly ReadOnlySpan<byte> Extras;

    [SizedBy(nameof(CacheHeader.KeyLength))]
    public readonly ReadOnlySpan<byte> Key;

    [Tail]
    public readonly ReadOnlySpan<byte> Value;
}

[Message<CacheHeader>(0)]
internal readonly ref partial struct Get
{
    [SizedBy(nameof(CacheHeader.KeyLength)), Utf8]
    public readonly ReadOnlySpan<byte> Key;
}
