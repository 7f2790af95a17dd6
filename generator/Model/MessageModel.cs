namespace QContinuum.Generator.Model;

/// <summary>A type with [Message]: what its reader and writer are made of.</summary>
/// <param name="Layout">The type, and what it is on the wire.</param>
/// <param name="Shape">What its processors see of it.</param>
/// <param name="Request">Its RequestAsync, where another message answers it.</param>
/// <param name="BrokenRule">The first rule that the declaration breaks; then members that throw stand in for the real ones.</param>
internal sealed record MessageModel(LayoutModel Layout, MessageShape Shape, RequestModel? Request, string? BrokenRule)
{
    public TypeModel Type => Layout.Type;
}

/// <summary>What a processor needs to know of a message: nothing else of it can make a processor stale.</summary>
/// <param name="Name">The name that a log shows.</param>
/// <param name="FullName">Its name with <c>global::</c>.</param>
/// <param name="Header">The full name of the header that frames it.</param>
/// <param name="Id">The id, as declared: it may be outside the range of the header.</param>
/// <param name="IsReply">Whether it travels in the direction of replies.</param>
/// <param name="IsFault">Whether it answers a request that failed.</param>
/// <param name="Kind">The kind of body.</param>
/// <param name="Size">Bytes of the fixed part.</param>
/// <param name="MaxSize">The longest body, in bytes; negative where there is no limit of its own.</param>
/// <param name="IsExtensible">Whether a longer body is accepted.</param>
/// <param name="HasReader">Whether a <c>Reader</c> is generated.</param>
/// <param name="IsHeaderSized">Whether its header says how long parts of it are.</param>
/// <param name="IsRefStruct">Whether it cannot outlive the buffer that it was read from.</param>
/// <param name="HasId">Whether it has an id; a fault may take that of its request.</param>
internal sealed record MessageShape(
    string Name,
    string FullName,
    string Header,
    long Id,
    bool IsReply,
    bool IsFault,
    MessageKind Kind,
    int Size,
    int MaxSize,
    bool IsExtensible,
    bool HasReader,
    bool IsHeaderSized,
    bool IsRefStruct,
    bool HasId)
{
    /// <summary>Whether every body is as long as the longest: another one is no body of the message, rather than one that is too long.</summary>
    public bool IsExact => Kind == MessageKind.FixedLayout && MaxSize == Size && !IsExtensible;
}

internal enum MessageKind
{
    /// <summary>A struct of fixed-size members.</summary>
    FixedLayout,

    /// <summary>A ref struct with parts of any length.</summary>
    View,

    /// <summary>A type with a MessagePack body.</summary>
    MessagePack,
}
