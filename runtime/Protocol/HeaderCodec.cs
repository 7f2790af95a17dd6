namespace QContinuum;

/// <summary>
/// What stands for a header at run time: one object a header, compared by identity, so that a message bound to one header is not sent to
/// a peer that speaks another.
/// </summary>
public sealed class HeaderCodec
{
    private readonly HeaderWriter _write;

    private HeaderCodec(string name, int size, HeaderWriter write)
    {
        Name = name;
        Size = size;
        _write = write;
    }

    private delegate void HeaderWriter(long id, ulong correlation, int body, scoped Span<byte> destination);

    /// <summary>The name of the header type.</summary>
    public string Name { get; }

    /// <summary>Bytes of the header on the wire.</summary>
    public int Size { get; }

    internal static HeaderCodec Default { get; } = new(
        nameof(MessageHeader),
        MessageHeader.Size,
        static (id, _, body, destination) => MessageHeader.Write(new MessageHeader(body, (int)id), body, destination));

    /// <summary>Writes the header of a body whose length is known only once it is written.</summary>
    internal void Write(long id, ulong correlation, int body, scoped Span<byte> destination) => _write(id, correlation, body, destination);
}
