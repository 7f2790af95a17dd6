namespace QContinuum;

/// <summary>
/// What stands for a header at run time: one object a header, compared by identity, so that a message bound to one header is not sent to
/// a peer that speaks another.
/// </summary>
public abstract class HeaderCodec
{
    private protected HeaderCodec()
    {
    }

    /// <summary>The name of the header type.</summary>
    public abstract string Name { get; }

    /// <summary>Bytes of the header on the wire, before the body.</summary>
    public abstract int Size { get; }

    /// <summary>Bytes behind the body.</summary>
    internal abstract int TrailerSize { get; }

    /// <summary>Bits of the correlation field; 0 where there is none.</summary>
    internal abstract int CorrelationBits { get; }

    /// <summary>The longest body that can be framed, in bytes.</summary>
    internal abstract int MaxBody { get; }

    /// <summary>Whether the header tells replies from requests.</summary>
    internal abstract bool TellsReplies { get; }

    /// <summary>Whether the header tells faults from all else.</summary>
    internal abstract bool TellsFaults { get; }

    /// <summary>One of the three, as far as the header tells them: a fault that it does not tell is a reply like others, and a reply that it does not tell a message like others.</summary>
    internal MessageRole KindOf(MessageRole role)
        => (role & MessageRole.Fault) != 0 && TellsFaults ? MessageRole.Fault
            : role != MessageRole.None && TellsReplies ? MessageRole.Reply
            : MessageRole.None;

    /// <summary>Whether header and body are all of a frame, so that a header can be filled in once its body is written, wherever that lies.</summary>
    internal abstract bool IsHeaderAlone { get; }

    /// <summary>Writes header and trailer of a message that is not sent with fields of the sender's choice: <see cref="IHeader{TSelf}.Write"/>.</summary>
    internal abstract void Write(long id, ulong correlation, MessageRole role, int body, scoped Span<byte> frame);

    /// <summary>Computes the checksums of a frame: <see cref="IHeader{TSelf}.Seal"/>.</summary>
    internal abstract void Seal(scoped Span<byte> frame);

    /// <summary>Makes the codec of a header. Called once a header, by its <see cref="IHeader{TSelf}.Codec"/>: a second one is another header.</summary>
    /// <typeparam name="THeader">The header.</typeparam>
    public static HeaderCodec Of<THeader>()
        where THeader : struct, IHeader<THeader>
        => new Codec<THeader>();

    private sealed class Codec<THeader> : HeaderCodec
        where THeader : struct, IHeader<THeader>
    {
        public override string Name => typeof(THeader).Name;

        public override int Size => THeader.Size;

        internal override int TrailerSize => THeader.TrailerSize;

        internal override int CorrelationBits => THeader.CorrelationBits;

        internal override int MaxBody => THeader.MaxBody;

        internal override bool TellsReplies => THeader.TellsReplies;

        internal override bool TellsFaults => THeader.TellsFaults;

        internal override bool IsHeaderAlone => THeader.TrailerSize == 0 && !THeader.HasChecksum;

        internal override void Write(long id, ulong correlation, MessageRole role, int body, scoped Span<byte> frame)
            => THeader.Write(THeader.Create(id, correlation, role), body, frame);

        internal override void Seal(scoped Span<byte> frame) => THeader.Seal(frame);
    }
}
