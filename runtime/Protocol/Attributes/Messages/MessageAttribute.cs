namespace QContinuum;

/// <summary>
/// Makes a type a message of the default header (<see cref="MessageHeader"/>): its reader, its writer and its frame are generated.
/// <see cref="MessageAttribute{THeader}"/> binds it to another header.
/// </summary>
/// <remarks>
/// Three kinds of type may carry it. A struct of fixed-size members has a fixed layout: its members in the order in which they are declared,
/// without padding, in the byte order of its header. A <c>ref struct</c> may have parts of any length among them, spans that are read in place.
/// A type with <c>[MessagePackObject]</c> has a MessagePack body.
/// </remarks>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class, Inherited = false)]
public class MessageAttribute : Attribute
{
    /// <summary>Makes a type a message.</summary>
    /// <param name="id">The id that stands in the header and fits it; unique among the messages of a header that travel in one direction.</param>
    public MessageAttribute(long id) => Id = id;

    private protected MessageAttribute()
    {
    }

    /// <summary>The id that stands in the header.</summary>
    public long Id { get; }

    /// <summary>
    /// The longest body accepted, in bytes; 0, the default, for no limit of the message's own. It is checked as soon as the header is there.
    /// A message of fixed layout needs none.
    /// </summary>
    public int MaxSize { get; init; }

    /// <summary>
    /// The message that answers this one: it has <see cref="IsReply"/>, and is bound to the same header, or to the one that comes back where the two
    /// directions have headers of their own. With it <c>peer.RequestAsync(request)</c>
    /// is generated where the header has a <see cref="CorrelationAttribute"/>.
    /// </summary>
    public Type? Reply { get; init; }

    /// <summary>
    /// The message that answers this one where it failed: needed only where the header has no <see cref="FaultAttribute"/> that says so, and a fault is
    /// known by an id of its own.
    /// </summary>
    public Type? Fault { get; init; }

    /// <summary>Whether the message travels in the direction of replies. Requests and replies may share an id.</summary>
    public bool IsReply { get; init; }

    /// <summary>
    /// Whether the message is the reply to a request that failed: it has the fault bits of its header set, and completes a request with a
    /// <see cref="ReplyFaultException"/>. Implies <see cref="IsReply"/>.
    /// </summary>
    public bool IsFault { get; init; }

    /// <summary>Whether a longer body is accepted and what it holds beyond the declared members is ignored, so that newer peers may say more.</summary>
    public bool Extensible { get; init; }
}

/// <summary>Makes a type a message of the header <typeparamref name="THeader"/>: its reader, its writer and its frame are generated.</summary>
/// <typeparam name="THeader">A struct with <see cref="HeaderAttribute"/>, or one that implements <see cref="IHeader{TSelf}"/> by hand.</typeparam>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class, Inherited = false)]
public sealed class MessageAttribute<THeader> : MessageAttribute
    where THeader : struct
{
    /// <summary>Makes a type a message.</summary>
    /// <param name="id">The id that stands in the header and fits it; unique among the messages of a header that travel in one direction.</param>
    public MessageAttribute(long id)
        : base(id)
    {
    }

    /// <summary>Makes a type a message of a header with two <see cref="MessageIdAttribute"/> fields.</summary>
    /// <param name="first">The value of the first field.</param>
    /// <param name="second">The value of the second field.</param>
    public MessageAttribute(long first, long second)
        : base(first)
        => Second = second;

    /// <summary>Makes a type a fault that answers any request, with the id of the request: it has <see cref="MessageAttribute.IsFault"/>.</summary>
    public MessageAttribute()
    {
    }

    /// <summary>The value of the second id field, where there are two.</summary>
    public long? Second { get; }
}
