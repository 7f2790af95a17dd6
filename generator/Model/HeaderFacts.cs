using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using static System.FormattableString;

namespace QContinuum.Generator.Model;

/// <summary>What messages and processors need to know of a header, be it declared here, in a referenced assembly, or written by hand.</summary>
/// <param name="FullName">Its name with <c>global::</c>.</param>
/// <param name="IsDeclared">Whether it has [Header] and fields; of one written by hand, or declared wrongly, nothing else is known.</param>
/// <param name="IsBigEndian">The byte order of messages that say none.</param>
/// <param name="HasCorrelation">Whether a reply can find its request; assumed of a header written by hand.</param>
/// <param name="HasReplyFlag">Whether the header tells replies from requests.</param>
/// <param name="HasFault">Whether the header tells faults; assumed of a header written by hand.</param>
/// <param name="Limits">What it can frame; null where that is unknown.</param>
/// <param name="Ids">The masks and widths of its id fields; unknown of a header written by hand.</param>
internal sealed record HeaderFacts(
    string FullName,
    bool IsDeclared,
    bool IsBigEndian,
    bool HasCorrelation,
    bool HasReplyFlag,
    bool HasFault,
    FrameLimits? Limits,
    EquatableArray<IdFieldFacts> Ids)
{
    // One header has a thousand messages. The symbols are of one compilation, and are not kept alive by this.
    private static readonly ConditionalWeakTable<ITypeSymbol, HeaderFacts> s_known = new();

    private static readonly HeaderFacts Default =
        new("global::" + Known.Root + "." + Known.MessageHeader, IsDeclared: false, IsBigEndian: false, HasCorrelation: false, HasReplyFlag: false, HasFault: false, Limits: null,
            new[] { new IdFieldFacts(uint.MaxValue, 32, IsSigned: true) }.ToEquatableArray());

    /// <summary>Whether a type is a header, and generated code can use it as one.</summary>
    public static bool IsUsable(ITypeSymbol? header)
        => header is null || !ReferenceEquals(Of(header), Default) || header.Is(Known.Root, Known.MessageHeader);

    /// <summary>Reads a header; null is the default one, which also stands in for what is none.</summary>
    public static HeaderFacts Of(ITypeSymbol? header)
    {
        return header is null ? Default : s_known.GetValue(header, static header => Read(header));
    }

    private static HeaderFacts Read(ITypeSymbol header)
    {
        if (header.Is(Known.Root, Known.MessageHeader) || header is not INamedTypeSymbol { TypeKind: TypeKind.Struct } named || !CanBeBound(named))
        {
            return Default;
        }

        if (header.FindAttribute(Known.Root, Known.HeaderAttribute) is not { } attribute)
        {
            return new HeaderFacts(header.FullName(), IsDeclared: false, IsBigEndian: false, HasCorrelation: true, HasReplyFlag: false, HasFault: true, Limits: null, Ids: default);
        }

        IParameterSymbol[] fields = [.. Fields(header)];
        return new HeaderFacts(
            header.FullName(),
            IsDeclared: fields.Length > 0,
            IsBigEndian: attribute.ConstructorArguments is [{ Value: 1 }], // ByteOrder.BigEndian
            HasCorrelation: fields.Any(static field => field.Has(Known.CorrelationAttribute)),
            HasReplyFlag: fields.Any(static field => field.Has(Known.ReplyFlagAttribute) || HasReplyConstant(field)),
            HasFault: fields.Any(static field => field.Has(Known.FaultAttribute)),
            HeaderModelBuilder.LimitsOf((INamedTypeSymbol)header),
            fields.Where(static field => field.Has(Known.MessageIdAttribute)).Select(IdOf).ToEquatableArray());
    }

    /// <summary>The id of a message, both parts combined.</summary>
    public long IdOf(MessageDeclaration message)
        => message.Second is { } second && Ids.Count == 2
            ? unchecked((long)(((ulong)message.Id << Ids[1].Width) | ((ulong)second & Ids[1].All)))
            : message.Id;

    /// <summary>Whether the header can carry the id of a message; of a header written by hand everything is believed.</summary>
    public bool CanCarry(MessageDeclaration message)
    {
        if (!IsDeclared && Ids.Count == 0)
        {
            return true;
        }

        return (Ids.Count, message.Second) switch
        {
            (0, null) => message.Id == 0,
            (1, null) => Ids[0].CanCarry(message.Id),
            (2, { } second) => Ids[0].CanCarry(message.Id) && Ids[1].CanCarry(second),
            (2, null) => Ids[1].CanCarry(unchecked((long)((ulong)message.Id & Ids[1].All)))
                && Ids[0].CanCarry(Ids[1].Width >= BitRun.MaxBits ? 0 : message.Id >> Ids[1].Width),
            _ => false,
        };
    }

    /// <summary>The ids that the header can carry, in words.</summary>
    public string IdRange => (Ids.Count, Ids.FirstOrDefault()) switch
    {
        (1, { IsSigned: true } id) when id.Mask == id.All => Invariant($"ids from {-1 - (long)(id.All >> 1)} to {id.All >> 1}"),
        (1, { } id) => id.Mask == id.All ? Invariant($"ids from 0 to {id.All}") : Invariant($"ids of the bits 0x{id.Mask:X}"),
        (2, { } id) => Invariant($"ids of two parts, the first of {id.Width} bits and the second of {Ids[1].Width}"),
        _ => "no [MessageId], so that the id of each of its messages is 0",
    };

    /// <summary>The parameters of a positional record struct: those of the constructor that the fields came from.</summary>
    public static IEnumerable<IParameterSymbol> Fields(ITypeSymbol header)
        => ((INamedTypeSymbol)header).InstanceConstructors
            .FirstOrDefault(static constructor => !constructor.IsImplicitlyDeclared && !constructor.IsGenerated()
                && constructor.Parameters.Length > 0
                && constructor.Parameters.All(parameter => constructor.ContainingType.GetMembers(parameter.Name).Any(static member => member is IPropertySymbol)))
            ?.Parameters ?? [];

    private static bool CanBeBound(INamedTypeSymbol header)
        => header.Has(Known.HeaderAttribute)
            ? !TypeModelBuilder.IsGenericOrFileLocal(header) && TypeModelBuilder.IsPartial(header, CancellationToken.None)
            : header.CanBeNamed() && header.AllInterfaces.Any(static @interface => @interface.OriginalDefinition.Is(Known.Root, "IHeader`1"));

    private static bool HasReplyConstant(IParameterSymbol field)
        => field.FindAttribute(Known.Root, Known.ConstantAttribute)?.NamedArguments.Any(static argument => argument.Key == "Reply") == true;

    private static IdFieldFacts IdOf(IParameterSymbol field)
    {
        WireType wire = WireTypes.Of(field.Type);
        int width = field.FindAttribute(Known.Root, Known.BitsAttribute) is { ConstructorArguments: [{ Value: int bits and > 0 and <= BitRun.MaxBits }] }
            ? bits
            : Math.Min(wire.Size() * 8, BitRun.MaxBits);
        ulong mask = field.FindAttribute(Known.Root, Known.MessageIdAttribute)?.Named("Mask") is ulong given ? given : 0;
        return new IdFieldFacts(mask, width, wire.IsSigned()) is { Mask: 0 } whole ? whole with { Mask = whole.All } : new IdFieldFacts(mask, width, wire.IsSigned());
    }
}

/// <summary>A field of a header that is an id, or a part of one.</summary>
/// <param name="Mask">The bits that belong to the id.</param>
/// <param name="Width">All bits of the field.</param>
/// <param name="IsSigned">Whether its type is signed.</param>
internal sealed record IdFieldFacts(ulong Mask, int Width, bool IsSigned)
{
    /// <summary>A mask of all bits.</summary>
    public ulong All => Width >= BitRun.MaxBits ? ulong.MaxValue : (1UL << Width) - 1;

    public bool CanCarry(long id)
    {
        if (id < 0 && IsSigned && Mask == All)
        {
            return Width >= BitRun.MaxBits || id >= -(1L << (Width - 1));
        }

        // Of a signed field alone the id is the number, sign and all.
        ulong most = IsSigned && Mask == All ? All >> 1 : All;
        return (id >= 0 || Width >= BitRun.MaxBits) && unchecked((ulong)id) <= most && (unchecked((ulong)id) & ~Mask) == 0;
    }
}
