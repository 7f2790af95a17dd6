using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace QContinuum.Generator.Model;

/// <summary>Reads a type with [Message] into its model.</summary>
internal static class MessageModelBuilder
{
    /// <summary>Reads a type.</summary>
    /// <param name="type">The type; it need not carry [Message].</param>
    /// <param name="compilation">The compilation that it belongs to.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>The model, null where nothing can be generated; and all rules that the declaration breaks.</returns>
    public static (MessageModel? Model, EquatableArray<Violation> Violations) Build(
        INamedTypeSymbol type,
        Compilation compilation,
        CancellationToken token)
    {
        if (type.TypeKind is not (TypeKind.Struct or TypeKind.Class) || MessageDeclaration.Of(type) is not { } declaration)
        {
            return default;
        }

        var violations = new Violations();
        Location location = Symbols.DeclarationLocation(declaration.Attribute, type, token);
        bool canBeExtended = TypeModelBuilder.CanBeExtended(type, location, violations, token);
        MessageRules.CheckType(type, location, violations);
        if (MessageShapeBuilder.Build(type) is not { } shape || !canBeExtended)
        {
            return (null, violations.ToArray());
        }

        MessageRules.CheckId(shape, declaration.Attribute, location, violations, token);
        token.ThrowIfCancellationRequested();
        MessageModel model = shape.Kind == MessageKind.MessagePack
            ? BuildMessagePack(type, shape, compilation, location, violations)
            : BuildLayout(type, shape, location, violations, token);
        return (model with { BrokenRule = violations.FirstRule }, violations.ToArray());
    }

    private static MessageModel BuildMessagePack(
        INamedTypeSymbol type,
        MessageShape shape,
        Compilation compilation,
        Location location,
        Violations violations)
    {
        MessageRules.CheckMessagePack(type, shape, compilation, location, violations);
        LayoutRules.CheckTails(type, violations);
        var construction = new Construction(IsPositional: false, Exposure.Hidden, SetsRequiredMembers: false);
        return new MessageModel(TypeModelBuilder.Build(type), shape, Members: default, Tail: null, construction, BrokenRule: null);
    }

    private static MessageModel BuildLayout(
        INamedTypeSymbol type,
        MessageShape shape,
        Location location,
        Violations violations,
        CancellationToken token)
    {
        IMethodSymbol? primary = MessageState.PrimaryConstructor(type, token);
        bool isPositional = primary is not null && type.IsRecord;
        IFieldSymbol[] state = isPositional ? MessageState.InOrderOfParameters(primary!, type) : MessageState.InOrderOfSource(type);

        LayoutRules.CheckLayout(type, primary, location, violations, token);
        LayoutRules.CheckTails(type, violations);
        LayoutRules.CheckNames(type, state, shape.Kind, isPositional, violations);
        if (MessageShapeBuilder.IsMessagePackObject(type))
        {
            violations.Add(RuleIds.MessagePackRefStruct, location, shape.Name);
        }

        var members = new List<MemberModel>(state.Length);
        MemberModel? tail = null;
        var parameters = new HashSet<string>(StringComparer.Ordinal);
        int offset = 0;
        foreach (IFieldSymbol field in state)
        {
            bool isTail = shape.Kind == MessageKind.View && MessageState.IsTail(field);
            MemberModel member = BuildMember(field, type, offset, parameters);
            LayoutRules.CheckMember(field, member.Wire, violations);
            if (isTail)
            {
                tail = member;
                continue;
            }

            members.Add(member);
            offset += member.Wire.Size();
        }

        Construction construction = BuildConstruction(type, state, isPositional);
        return new MessageModel(TypeModelBuilder.Build(type), shape, members.ToEquatableArray(), tail, construction, BrokenRule: null);
    }

    private static MemberModel BuildMember(IFieldSymbol field, INamedTypeSymbol owner, int offset, HashSet<string> parameters)
    {
        ISymbol declared = MessageState.Declared(field);
        WireType wire = WireTypes.Of(field.Type);
        Exposure exposure = LayoutRules.IsTakenInReader(declared) ? Exposure.Hidden
            : (Exposure)Math.Min((int)Accessibilities.Of(declared), (int)Accessibilities.Limit(field.Type, owner));
        bool hasName = field.RefKind == RefKind.None && field.Type.CanBeNamed() && !MessageState.IsUnusable(field)
            && SyntaxFacts.IsValidIdentifier(declared.Name);
        return new MemberModel(
            Symbols.Escape(declared.Name),
            ParameterName(declared.Name, parameters),
            hasName ? field.Type.FullName() : "",
            wire,
            field.Type.TypeKind == TypeKind.Enum,
            offset,
            exposure);
    }

    /// <summary>The name without its leading underscores and capital; the name itself, numbered, where that says nothing or is taken.</summary>
    private static string ParameterName(string member, HashSet<string> taken)
    {
        string bare = member.TrimStart('_');
        string stem = bare.Length == 0 ? member : char.ToLowerInvariant(bare[0]) + bare.Substring(1);
        stem = SyntaxFacts.IsValidIdentifier(stem) ? stem : member;
        string name = stem;
        for (int number = 2; !taken.Add(name); number++)
        {
            name = stem + number.ToString(CultureInfo.InvariantCulture);
        }

        return Symbols.Escape(name);
    }

    private static Construction BuildConstruction(INamedTypeSymbol type, IFieldSymbol[] state, bool isPositional)
    {
        bool isDeclared = type.InstanceConstructors.Any(
            constructor => !constructor.IsGenerated() && !constructor.IsImplicitlyDeclared && TakesTypesOf(constructor, state));
        Exposure exposure = isPositional || isDeclared || state.Length == 0
            ? Exposure.Hidden
            : state.Min(field => Accessibilities.Limit(field.Type, type));
        return new Construction(isPositional, exposure, state.Any(MessageState.IsRequired));
    }

    private static bool TakesTypesOf(IMethodSymbol constructor, IFieldSymbol[] state)
        => constructor.Parameters
            .Select(static parameter => parameter.Type)
            .SequenceEqual(state.Select(static field => field.Type), SymbolEqualityComparer.Default);
}
