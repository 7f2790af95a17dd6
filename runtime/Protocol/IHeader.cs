namespace QContinuum;

/// <summary>
/// What the framer of a processor and the writer of a message need of a header: generated for a struct with <see cref="HeaderAttribute"/>. A
/// header that no declaration can describe may implement it by hand; everything with a default below is then optional.
/// </summary>
/// <typeparam name="TSelf">The header itself.</typeparam>
public interface IHeader<TSelf>
    where TSelf : struct, IHeader<TSelf>
{
    /// <summary>The one object that stands for this header at run time: kept in a static property, made by <see cref="HeaderCodec.Of{THeader}"/>.</summary>
    static abstract HeaderCodec Codec { get; }

    /// <summary>Bytes of the header that is written, which stand before the body.</summary>
    static abstract int Size { get; }

    /// <summary>Bytes that are written behind the body.</summary>
    static virtual int TrailerSize => 0;

    /// <summary>The longest body that can be framed, in bytes: what the length field can say, and what the protocol allows.</summary>
    static virtual int MaxBody => int.MaxValue;

    /// <summary>Bits of the correlation field, from 1 to 64; 0 where there is none.</summary>
    static virtual int CorrelationBits => 0;

    /// <summary>Whether <see cref="Seal"/> has something to do.</summary>
    static virtual bool HasChecksum => false;

    /// <summary>Reads the header at the start of <paramref name="bytes"/> and measures the frame that it opens.</summary>
    /// <param name="bytes">What has been received and not yet consumed; any length.</param>
    /// <param name="maxBody">The longest body accepted, in bytes, not negative.</param>
    /// <param name="header">The header, once its bytes are there; its trailer fields once the whole frame is. Otherwise the default.</param>
    /// <param name="extent">
    /// The frame, when <see cref="FrameStatus.Complete"/> or <see cref="FrameStatus.Incomplete"/>. While the header itself is incomplete its
    /// <see cref="FrameExtent.BodyStart"/> is zero. The default for every other result.
    /// </param>
    /// <returns>Whether the frame is there; a claim beyond <paramref name="maxBody"/> is refused before a byte is buffered for it.</returns>
    static abstract FrameStatus TryReadFrame(ReadOnlySpan<byte> bytes, int maxBody, out TSelf header, out FrameExtent extent);

    /// <summary>The id of the message; 0 where the header has none.</summary>
    /// <param name="header">The header.</param>
    static virtual long IdOf(scoped in TSelf header) => 0;

    /// <summary>What ties a reply to its request; 0 where the header has nothing for it.</summary>
    /// <param name="header">The header.</param>
    static virtual ulong CorrelationOf(scoped in TSelf header) => 0;

    /// <summary>Whether the header says that its message is a reply, or a fault. Where it cannot say so, neither.</summary>
    /// <param name="header">The header.</param>
    static virtual MessageRole RoleOf(scoped in TSelf header) => MessageRole.None;

    /// <summary>Makes the header of a message; every field that none of the parameters decides is zero.</summary>
    /// <param name="id">The id of the message.</param>
    /// <param name="correlation">What ties a reply to its request; ignored by headers without a field for it.</param>
    /// <param name="role">What the message is to a request.</param>
    static abstract TSelf Create(long id, ulong correlation, MessageRole role);

    /// <summary>Makes the header of a message from one whose fields the sender chose.</summary>
    /// <param name="chosen">The fields, the correlation among them.</param>
    /// <param name="id">The id of the message, which replaces the one of <paramref name="chosen"/>.</param>
    /// <param name="role">What the message is to a request; flags that <paramref name="chosen"/> has are kept.</param>
    static virtual TSelf Adopt(scoped in TSelf chosen, long id, MessageRole role) => TSelf.Create(id, TSelf.CorrelationOf(in chosen), role);

    /// <summary>Whether the header tells replies from requests, so that <see cref="RoleOf"/> says which a message is.</summary>
    static virtual bool TellsReplies => false;

    /// <summary>Whether the header tells faults from what failed and from other replies, so that <see cref="RoleOf"/> says which a message is; assumed of one that is written by hand.</summary>
    static virtual bool TellsFaults => true;

    /// <summary>Makes the header of a request from one whose fields the sender chose.</summary>
    /// <param name="chosen">The fields.</param>
    /// <param name="correlation">What ties the reply to the request, which replaces the one of <paramref name="chosen"/>.</param>
    static virtual TSelf Correlate(scoped in TSelf chosen, ulong correlation)
        => TSelf.Create(TSelf.IdOf(in chosen), correlation, TSelf.RoleOf(in chosen));

    /// <summary>
    /// Makes the header of a reply: its id and correlation are those of the request, its copied fields too, its reply flag is set, and everything
    /// else is zero.
    /// </summary>
    /// <param name="request">The header of the request. Where a status tells a fault, that of the fault is the one here.</param>
    /// <param name="role">What the reply is.</param>
    static virtual TSelf ReplyTo(scoped in TSelf request, MessageRole role)
        => TSelf.Create(TSelf.IdOf(in request), TSelf.CorrelationOf(in request), MessageRole.Reply);

    /// <summary>
    /// Writes header and trailer around a body of <paramref name="body"/> bytes, with the length that this makes, whatever length
    /// <paramref name="header"/> carries, and with its constants. Checksums are left to <see cref="Seal"/>.
    /// </summary>
    /// <param name="header">The header.</param>
    /// <param name="body">Bytes of the body, from 0 to <see cref="MaxBody"/>.</param>
    /// <param name="frame">
    /// The whole frame: <see cref="Size"/> + <paramref name="body"/> + <see cref="TrailerSize"/> bytes. Where there is neither trailer nor checksum
    /// it may be the header alone.
    /// </param>
    static abstract void Write(scoped in TSelf header, int body, scoped Span<byte> frame);

    /// <summary>Computes the checksums of a frame that is complete otherwise.</summary>
    /// <param name="frame">The whole frame.</param>
    static virtual void Seal(scoped Span<byte> frame)
    {
    }
}
