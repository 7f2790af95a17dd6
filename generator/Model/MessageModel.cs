namespace QContinuum.Generator.Model;

/// <summary>A type with [Message]: what its reader and writer are made of.</summary>
/// <param name="Type">The type.</param>
/// <param name="Shape">What its processors see of it.</param>
/// <param name="Members">The state that goes over the wire, in order, the tail not included.</param>
/// <param name="Tail">The member that takes everything beyond the others.</param>
/// <param name="Construction">How a value is made of the members.</param>
/// <param name="BrokenRule">The first rule that the declaration breaks; then members that throw stand in for the real ones.</param>
internal sealed record MessageModel(
    TypeModel Type,
    MessageShape Shape,
    EquatableArray<MemberModel> Members,
    MemberModel? Tail,
    Construction Construction,
    string? BrokenRule);

/// <summary>What a processor needs to know of a message: nothing else of it can make a processor stale.</summary>
/// <param name="Name">The name that a log shows.</param>
/// <param name="FullName">Its name with <c>global::</c>.</param>
/// <param name="Header">The full name of the header that frames it.</param>
/// <param name="Id">The id, as declared: it may be outside the range of the header.</param>
/// <param name="IsReply">Whether it travels in the direction of replies.</param>
/// <param name="IsFault">Whether it answers a request that failed.</param>
/// <param name="Kind">The kind of body.</param>
/// <param name="Size">Bytes of the fixed part.</param>
/// <param name="HasReader">Whether a <c>Reader</c> is generated.</param>
internal sealed record MessageShape(
    string Name,
    string FullName,
    string Header,
    long Id,
    bool IsReply,
    bool IsFault,
    MessageKind Kind,
    int Size,
    bool HasReader);

internal enum MessageKind
{
    /// <summary>A struct of fixed-size members.</summary>
    FixedLayout,

    /// <summary>A ref struct: fixed-size members, then a tail.</summary>
    View,

    /// <summary>A type with a MessagePack body.</summary>
    MessagePack,
}

/// <summary>A field, an auto-property or a positional parameter.</summary>
/// <param name="Name">Its name, escaped where it is a keyword.</param>
/// <param name="Parameter">The name of the constructor parameter for it, escaped where it is a keyword.</param>
/// <param name="Type">Its type with <c>global::</c>; empty where generated code cannot name it, or may not use the member.</param>
/// <param name="Wire">Its format.</param>
/// <param name="IsEnum">Whether a conversion stands between the type and the format.</param>
/// <param name="Offset">Bytes from the start of the body.</param>
/// <param name="Exposure">Who may see it in the reader.</param>
internal sealed record MemberModel(string Name, string Parameter, string Type, WireType Wire, bool IsEnum, int Offset, Exposure Exposure);

/// <summary>How a value is made of its members.</summary>
/// <param name="IsPositional">By the constructor of a positional record struct; otherwise by a generated one.</param>
/// <param name="Exposure">Who may see the generated constructor of all members; hidden where the user declares one of the same parameters.</param>
/// <param name="SetsRequiredMembers">Whether a member is required.</param>
internal sealed record Construction(bool IsPositional, Exposure Exposure, bool SetsRequiredMembers);

/// <summary>How far something generated is visible: never farther than the types in its signature.</summary>
internal enum Exposure
{
    Hidden,
    Internal,
    Public,
}
