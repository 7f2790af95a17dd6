using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace QContinuum.Generator.Model;

/// <summary>Reads the state of a message or wire struct into members, and gives each its place.</summary>
internal sealed class MemberBuilder
{
    private const int MaxPrefix = 4;

    private readonly INamedTypeSymbol _type;
    private readonly IFieldSymbol[] _state;
    private readonly bool? _isBigEndian;
    private readonly bool _hasParts;
    private readonly ITypeSymbol? _header;
    private readonly HashSet<string> _parameters = new(StringComparer.Ordinal);
    private readonly List<MemberModel> _members = [];
    private int _segment;
    private int _offset;

    /// <summary>Prepares to read.</summary>
    /// <param name="type">The message or wire struct.</param>
    /// <param name="state">Its state, in the order of the wire.</param>
    /// <param name="isBigEndian">The byte order of members that say none; null in a wire struct.</param>
    /// <param name="hasParts">Whether it may have parts of any length: a ref struct.</param>
    /// <param name="header">The header of a message, whose fields may say how long parts are.</param>
    public MemberBuilder(INamedTypeSymbol type, IFieldSymbol[] state, bool? isBigEndian, bool hasParts, ITypeSymbol? header)
    {
        _type = type;
        _state = state;
        _isBigEndian = isBigEndian;
        _hasParts = hasParts;
        _header = header;
    }

    public IReadOnlyList<MemberModel> Build()
    {
        for (int index = 0; index < _state.Length;)
        {
            int end = EndOfRun(index);
            if (end > index)
            {
                AddRun(index, end);
                index = end;
            }
            else
            {
                Add(_state[index++]);
            }
        }

        return _members;
    }

    // A body may end before what may be missing: the bits before it are a run of their own.
    private int EndOfRun(int index)
    {
        bool isOmittable = MemberAttributes.Has(_state[index], Known.OmittableAttribute);
        int end = index;
        while (end < _state.Length
            && MemberAttributes.BitsOf(_state[end]) is not null
            && MemberAttributes.Has(_state[end], Known.OmittableAttribute) == isOmittable)
        {
            end++;
        }

        return end;
    }

    private void Add(IFieldSymbol field)
    {
        if (_hasParts && MemberAttributes.PartTypeOf(field.Type) is { } element)
        {
            _members.Add(Member(field, MemberKind.Part, WireTypes.Of(element), element, 0, null) with { Part = PartOf(field, element) });
            _segment++;
            _offset = 0;
            return;
        }

        (MemberKind kind, ITypeSymbol type, int count) = MemberAttributes.FormatOf(field);
        int size = SizeOf(type) * count;
        BeginOmittable(field);
        MemberModel member = Member(field, kind, WireTypes.Of(type), type, size, null) with { Count = count };
        _members.Add(member);
        _offset += size;
    }

    private void AddRun(int from, int to)
    {
        BeginOmittable(_state[from]);
        int[] counts = [.. _state.Skip(from).Take(to - from).Select(static field => MemberAttributes.BitsOf(field)!.Value)];
        bool isBigEndian = IsBigEndian(_state[from]) ?? false;
        BitsModel[]? run = counts.All(static count => count is > 0 and <= BitRun.MaxBits) ? BitRun.Lay(counts, _offset, isBigEndian, isBigEndian) : null;
        int bytes = run?[0].Bytes ?? 1;
        for (int index = from; index < to; index++)
        {
            BitsModel bits = run?[index - from] ?? new BitsModel(_offset, 0, isBigEndian, 0, 1);
            MemberModel member = Member(_state[index], MemberKind.Number, WireTypes.Of(_state[index].Type), _state[index].Type, index == from ? bytes : 0, bits);
            _members.Add(member with { IsBigEndian = IsBigEndian(_state[from]) });
        }

        _offset += bytes;
    }

    // What may be missing begins a run of its own, since the body may end before it.
    private void BeginOmittable(IFieldSymbol field)
    {
        if (MemberAttributes.Has(field, Known.OmittableAttribute))
        {
            _segment++;
            _offset = 0;
        }
    }

    private MemberModel Member(IFieldSymbol field, MemberKind kind, WireType wire, ITypeSymbol element, int size, BitsModel? bits)
    {
        ISymbol declared = MessageState.Declared(field);
        Exposure exposure = LayoutRules.IsTakenInReader(declared) ? Exposure.Hidden
            : (Exposure)Math.Min((int)Accessibilities.Of(declared), (int)Accessibilities.Limit(kind == MemberKind.FixedBuffer ? element : field.Type, _type));
        bool hasName = field.RefKind == RefKind.None && (kind == MemberKind.FixedBuffer || field.Type.CanBeNamed()) && !MessageState.IsUnusable(field)
            && SyntaxFacts.IsValidIdentifier(declared.Name);
        string name = element.CanBeNamed() ? element.FullName() : "";
        return new MemberModel(
            Symbols.Escape(declared.Name),
            ParameterName(declared.Name),
            !hasName ? "" : kind == MemberKind.FixedBuffer ? $"global::System.ReadOnlySpan<{name}>" : field.Type.FullName(),
            kind,
            wire,
            element.TypeKind == TypeKind.Enum,
            IsBigEndian(field),
            size,
            _segment,
            _offset,
            bits,
            name,
            Count: 1,
            Part: null,
            MemberAttributes.ConstantOf(field),
            MemberAttributes.Has(field, Known.ReservedAttribute),
            MemberAttributes.Has(field, Known.OmittableAttribute),
            MemberAttributes.Has(field, Known.ValidatedAttribute) ? Validity.Of(element) : null,
            exposure);
    }

    private PartModel PartOf(IFieldSymbol field, ITypeSymbol element)
    {
        bool isBytes = field.Type.IsByteSpan();
        int unit = Math.Max(1, WireTypes.Of(element).Size());
        bool isText = MemberAttributes.Has(field, Known.Utf8Attribute);
        if (MemberAttributes.Find(field, Known.LengthPrefixAttribute) is { } prefix)
        {
            int size = prefix.ConstructorArguments is [{ Value: int given and > 0 and <= MaxPrefix }] ? given : 1;
            return new PartModel(PartEnd.Prefix, isBytes, size, prefix.Named("CountsElements") is true ? unit : 1, "", null, isText);
        }

        if (MemberAttributes.Has(field, Known.ZeroTerminatedAttribute))
        {
            return new PartModel(PartEnd.Zero, isBytes, 0, 1, "", null, isText);
        }

        if (MemberAttributes.SizedByOf(field) is ({ } name, bool countsElements))
        {
            bool isMember = _members.Any(member => member.Name == Symbols.Escape(name));
            HeaderCountModel? count = isMember ? null : HeaderCounts.Of(_header, name);
            return new PartModel(PartEnd.Sized, isBytes, 0, countsElements ? unit : 1, Symbols.Escape(name), count, isText);
        }

        return new PartModel(PartEnd.Rest, isBytes, 0, unit, "", null, isText);
    }

    private bool? IsBigEndian(IFieldSymbol field)
        => MemberAttributes.Has(field, Known.BigEndianAttribute) ? true
            : MemberAttributes.Has(field, Known.LittleEndianAttribute) ? false
            : _isBigEndian;

    private static int SizeOf(ITypeSymbol type) => WireStructs.SizeOf(type);

    /// <summary>The name without its leading underscores and capital; the name itself, numbered, where that says nothing or is taken.</summary>
    private string ParameterName(string member)
    {
        string bare = member.TrimStart('_');
        string stem = bare.Length == 0 ? member : char.ToLowerInvariant(bare[0]) + bare.Substring(1);
        stem = SyntaxFacts.IsValidIdentifier(stem) ? stem : member;
        string name = stem;
        for (int number = 2; !_parameters.Add(name); number++)
        {
            name = stem + number.ToString(CultureInfo.InvariantCulture);
        }

        return Symbols.Escape(name);
    }
}
