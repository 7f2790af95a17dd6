namespace QContinuum.Generator.Model;

/// <summary>A message or wire struct on the wire: its members, and how a value is made of them.</summary>
/// <param name="Type">The type.</param>
/// <param name="Members">The state that goes over the wire, in order.</param>
/// <param name="Construction">How a value is made of the members.</param>
/// <param name="Size">Bytes of the members of a fixed size.</param>
/// <param name="IsExtensible">Whether a longer body is accepted.</param>
internal sealed record LayoutModel(TypeModel Type, EquatableArray<MemberModel> Members, Construction Construction, int Size, bool IsExtensible)
{
    /// <summary>
    /// Whether all is fixed members, then at most a tail of bytes: one comparison, then loads. Everything else is gone through part by part.
    /// </summary>
    public bool IsPlain => !Members.Any(static member => member.IsOmittable)
        && !Members.Any(static member => member.IsPart && member.Part is not { Ends: PartEnd.Rest, IsBytes: true, IsText: false });

    /// <summary>The tail of bytes of a plain layout.</summary>
    public MemberModel? Tail => IsPlain ? Members.FirstOrDefault(static member => member.IsPart) : null;

    /// <summary>The members of a fixed size.</summary>
    public IEnumerable<MemberModel> Fixed => Members.Where(static member => !member.IsPart);

    /// <summary>Bytes that say how long parts are, beside them.</summary>
    public int Overhead => Members.Sum(static member => member.Part?.Overhead ?? 0);

    /// <summary>What the sender chooses.</summary>
    public IEnumerable<MemberModel> Chosen => Members.Where(member => !member.IsDerived && !IsCount(member));

    /// <summary>The parts whose length a member says.</summary>
    public IEnumerable<MemberModel> CountedBy(MemberModel member)
        => Members.Where(part => part.Part is { SizedByHeader: null, Ends: PartEnd.Sized } sized && sized.SizedBy == member.Name);

    /// <summary>Whether a member says how long a part is, so that it is derived.</summary>
    public bool IsCount(MemberModel member) => CountedBy(member).Any();
}

/// <summary>How a value is made of its members.</summary>
/// <param name="IsPositional">By the constructor of a positional record struct; otherwise by a generated one.</param>
/// <param name="Exposure">Who may see the generated constructor of what the sender chooses; hidden where there is one of the same parameters.</param>
/// <param name="SetsRequiredMembers">Whether a member is required.</param>
internal sealed record Construction(bool IsPositional, Exposure Exposure, bool SetsRequiredMembers);

/// <summary>How far something generated is visible: never farther than the types in its signature.</summary>
internal enum Exposure
{
    Hidden,
    Internal,
    Public,
}
