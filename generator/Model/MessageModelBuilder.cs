using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace QContinuum.Generator.Model;

/// <summary>Reads a type with [Message] into its model.</summary>
internal static class MessageModelBuilder
{
    // What a reader inherits: a property of such a name would hide it.
    private static readonly string[] ObjectMembers = ["Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"];

    /// <summary>Reads a type.</summary>
    /// <param name="type">The type; it need not carry [Message].</param>
    /// <param name="compilation">The compilation that it belongs to.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>The model, null where nothing can be generated; and all rules that the declaration breaks.</returns>
    public static (MessageModel? Model, EquatableArray<Violation> Violations) Build(INamedTypeSymbol type, Compilation compilation, CancellationToken token)
    {
        if (type.TypeKind is not (TypeKind.Struct or TypeKind.Class) || type.FindAttribute(Known.Root, Known.MessageAttribute) is not { } attribute)
        {
            return default;
        }

        var violations = new Violations();
        Location location = Symbols.DeclarationLocation(attribute, type, token);
        bool canBeExtended = TypeModelBuilder.CanBeExtended(type, location, violations, token);
        CheckType(type, location, violations);
        if (MessageShapeBuilder.Build(type) is not { } shape || !canBeExtended)
        {
            return (null, violations.ToArray());
        }

        CheckId(shape, attribute, location, violations, token);
        token.ThrowIfCancellationRequested();
        MessageModel model = shape.Kind == MessageKind.MessagePack
            ? BuildMessagePack(type, shape, compilation, location, violations)
            : BuildLayout(type, shape, location, violations, token);
        return (model with { BrokenRule = violations.FirstRule }, violations.ToArray());
    }

    private static void CheckType(INamedTypeSymbol type, Location location, Violations violations)
    {
        if (type.IsStatic || type.IsAbstract)
        {
            violations.Add(RuleIds.NotConstructible, location, type.ShortName());
        }

        if (MessageShapeBuilder.ImplementsByHand(type))
        {
            violations.Add(RuleIds.NameTaken, location, "IMessage<" + type.Name + ">", type.ShortName());
        }
    }

    private static void CheckId(MessageShape shape, AttributeData attribute, Location location, Violations violations, CancellationToken token)
    {
        if (shape.Id is < int.MinValue or > int.MaxValue)
        {
            Location place = attribute.ApplicationSyntaxReference?.GetSyntax(token).GetLocation() ?? location;
            violations.Add(RuleIds.MessageIdOutOfRange, place, shape.Id.ToString(CultureInfo.InvariantCulture), shape.Name);
        }
    }

    private static MessageModel BuildMessagePack(INamedTypeSymbol type, MessageShape shape, Compilation compilation, Location location, Violations violations)
    {
        if (!MessageShapeBuilder.IsMessagePackObject(type))
        {
            violations.Add(RuleIds.ClassWithoutFormat, location, shape.Name);
        }
        else if (!Accessibilities.IsPublic(type))
        {
            violations.Add(RuleIds.MessagePackNotPublic, location, shape.Name);
        }
        else if (compilation.GetTypesByMetadataName("MessagePack.MessagePackSerializer").IsEmpty)
        {
            violations.Add(RuleIds.MessagePackNotReferenced, location, shape.Name);
        }

        CheckTails(type, violations);
        return new MessageModel(TypeModelBuilder.Build(type), shape, default, null, new Construction(IsPositional: false, Exposure.Hidden, false), null);
    }

    private static MessageModel BuildLayout(INamedTypeSymbol type, MessageShape shape, Location location, Violations violations, CancellationToken token)
    {
        IMethodSymbol? primary = PrimaryConstructor(type, token);
        bool isPositional = primary is not null && type.IsRecord;
        IFieldSymbol[] state = isPositional ? InOrderOf(primary!, type) : InOrderOfSource(type);

        CheckLayout(type, primary, location, violations, token);
        CheckTails(type, violations);
        CheckNames(type, state, shape.Kind, violations);
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
            bool isTail = shape.Kind == MessageKind.View && MessageShapeBuilder.IsTail(field);
            MemberModel member = BuildMember(field, type, offset, parameters);
            CheckMember(field, member.Wire, violations);
            if (isTail)
            {
                tail = member;
                continue;
            }

            members.Add(member);
            offset += member.Wire.Size();
        }

        return new MessageModel(TypeModelBuilder.Build(type), shape, members.ToEquatableArray(), tail, BuildConstruction(type, state, isPositional), null);
    }

    private static MemberModel BuildMember(IFieldSymbol field, INamedTypeSymbol owner, int offset, HashSet<string> parameters)
    {
        ISymbol declared = MessageShapeBuilder.Declared(field);
        WireType wire = WireTypes.Of(field.Type);
        Exposure exposure = IsTakenInReader(declared) ? Exposure.Hidden
            : (Exposure)Math.Min((int)Accessibilities.Of(declared), (int)Accessibilities.Limit(field.Type, owner));
        string type = field.RefKind == RefKind.None && field.Type.CanBeNamed() && !IsUnusable(field) ? field.Type.FullName() : "";
        return new MemberModel(Symbols.Escape(declared.Name), ParameterName(declared.Name, parameters), type, wire, field.Type.TypeKind == TypeKind.Enum, offset, exposure);
    }

    private static bool IsUnusable(IFieldSymbol field) => MessageShapeBuilder.Declared(field).IsUnusable() || field.Type.IsUnusable();

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
        bool isDeclared = type.InstanceConstructors.Any(constructor => !constructor.IsGenerated() && !constructor.IsImplicitlyDeclared && TakesTypesOf(constructor, state));
        Exposure exposure = isPositional || isDeclared || state.Length == 0
            ? Exposure.Hidden
            : state.Min(field => Accessibilities.Limit(field.Type, type));
        return new Construction(isPositional, exposure, state.Any(IsRequired));
    }

    private static bool IsRequired(IFieldSymbol field) => field.IsRequired || field.AssociatedSymbol is IPropertySymbol { IsRequired: true };

    private static bool TakesTypesOf(IMethodSymbol constructor, IFieldSymbol[] state)
        => constructor.Parameters.Select(static parameter => parameter.Type).SequenceEqual(state.Select(static field => field.Type), SymbolEqualityComparer.Default);

    private static IMethodSymbol? PrimaryConstructor(INamedTypeSymbol type, CancellationToken token)
        => type.InstanceConstructors.FirstOrDefault(constructor => constructor.DeclaringSyntaxReferences.Any(
            reference => reference.GetSyntax(token) is TypeDeclarationSyntax { ParameterList: not null }));

    private static IFieldSymbol[] InOrderOf(IMethodSymbol primary, INamedTypeSymbol type)
        => [.. primary.Parameters
            .Select(parameter => MessageShapeBuilder.State(type).FirstOrDefault(field => MessageShapeBuilder.Declared(field).Name == parameter.Name))
            .OfType<IFieldSymbol>()];

    private static IFieldSymbol[] InOrderOfSource(INamedTypeSymbol type)
        => [.. MessageShapeBuilder.State(type).OrderBy(static field => MessageShapeBuilder.Declared(field).SourceLocation().SourceSpan.Start)];

    private static void CheckLayout(INamedTypeSymbol type, IMethodSymbol? primary, Location location, Violations violations, CancellationToken token)
    {
        if (primary is not null && !type.IsRecord)
        {
            violations.Add(RuleIds.StateOutsideLayout, location, type.ShortName(), "a primary constructor", "make the struct a record, or declare its members as fields");
        }
        else if (primary is not null)
        {
            CheckPositional(type, primary, violations);
        }
        else if (CountOfPartsWithState(type, token) > 1)
        {
            violations.Add(RuleIds.FieldsSpreadOverParts, location, type.ShortName());
        }

        // The field behind an event is not among the members.
        foreach (IEventSymbol @event in type.GetMembers().OfType<IEventSymbol>().Where(static member => member is { IsStatic: false, AddMethod.IsImplicitlyDeclared: true }))
        {
            violations.Add(RuleIds.UnsupportedMemberType, @event.SourceLocation(), @event.Name, type.ShortName(), @event.Type.ShortName());
        }

        if (type.FindAttribute("System.Runtime.InteropServices", "StructLayoutAttribute") is { ConstructorArguments: [{ Value: 2 or (short)2 }] })
        {
            violations.Add(RuleIds.StateOutsideLayout, location, type.ShortName(), "offsets in memory", "remove [StructLayout], and declare the members in the order of the wire");
        }

        if (type.FindAttribute("System.Runtime.CompilerServices", "InlineArrayAttribute") is not null)
        {
            violations.Add(RuleIds.StateOutsideLayout, location, type.ShortName(), "an inline array", "remove [InlineArray], and declare each element");
        }
    }

    // Every field belongs to a parameter, every parameter has a field, and the constructor alone makes a value.
    private static void CheckPositional(INamedTypeSymbol type, IMethodSymbol primary, Violations violations)
    {
        var parameters = new HashSet<string>(primary.Parameters.Select(static parameter => parameter.Name), StringComparer.Ordinal);
        foreach (IFieldSymbol field in MessageShapeBuilder.State(type))
        {
            ISymbol declared = MessageShapeBuilder.Declared(field);
            bool isParameter = parameters.Remove(declared.Name);
            if (!isParameter || IsRequired(field))
            {
                string advice = isParameter ? "remove the modifier 'required'" : "make it a parameter of the record, or compute it from them";
                violations.Add(RuleIds.StateOutsideLayout, declared.SourceLocation(), type.ShortName(), $"'{declared.Name}'", advice);
            }
        }

        foreach (IParameterSymbol parameter in primary.Parameters.Where(parameter => parameters.Contains(parameter.Name)))
        {
            violations.Add(RuleIds.StateOutsideLayout, parameter.SourceLocation(), type.ShortName(), $"'{parameter.Name}'", "let the record declare the property of the parameter");
        }
    }

    private static int CountOfPartsWithState(INamedTypeSymbol type, CancellationToken token)
        => MessageShapeBuilder.State(type)
            .SelectMany(static field => MessageShapeBuilder.Declared(field).DeclaringSyntaxReferences.Take(1))
            .Select(reference => reference.GetSyntax(token).FirstAncestorOrSelf<TypeDeclarationSyntax>())
            .Distinct()
            .Count();

    private static void CheckTails(INamedTypeSymbol type, Violations violations)
    {
        IFieldSymbol[] state = type.IsRefLikeType ? InOrderOfSource(type) : [];
        int tails = 0;
        IEnumerable<ISymbol> marked = type.GetMembers()
            .Where(static member => member.Has(Known.TailAttribute))
            .Select(static member => member is IFieldSymbol field ? MessageShapeBuilder.Declared(field) : member)
            .Distinct(SymbolEqualityComparer.Default)
            .OfType<ISymbol>();
        foreach (ISymbol member in marked)
        {
            int place = Array.FindIndex(state, field => SymbolEqualityComparer.Default.Equals(MessageShapeBuilder.Declared(field), member));
            string? advice = !type.IsRefLikeType ? $"make {type.ShortName()} a ref struct"
                : place < 0 ? "move it to a field"
                : !(state[place].RefKind == RefKind.None && state[place].Type.IsByteSpan()) ? "declare it as ReadOnlySpan<byte>"
                : tails++ > 0 ? "keep one tail"
                : place < state.Length - 1 ? "declare it last"
                : null;
            if (advice is not null)
            {
                violations.Add(RuleIds.MisplacedTail, member.SourceLocation(), member.Name, advice);
            }
        }
    }

    private static void CheckNames(INamedTypeSymbol type, IFieldSymbol[] state, MessageKind kind, Violations violations)
    {
        foreach (IMethodSymbol constructor in type.InstanceConstructors.Where(static constructor => !constructor.IsGenerated() && IsReading(constructor)))
        {
            violations.Add(RuleIds.NameTaken, constructor.SourceLocation(), constructor.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), type.ShortName());
        }

        if (kind != MessageKind.FixedLayout)
        {
            return;
        }

        foreach (ISymbol member in type.GetMembers(Known.Reader).Where(static member => !member.IsGenerated()))
        {
            violations.Add(RuleIds.NameTaken, member.SourceLocation(), member.Name, type.ShortName());
        }

        if (type.Name == Known.Reader)
        {
            violations.Add(RuleIds.NameTaken, type.SourceLocation(), type.Name, type.ShortName());
        }

        foreach (ISymbol member in state.Select(MessageShapeBuilder.Declared).Where(IsTakenInReader))
        {
            violations.Add(RuleIds.NameTaken, member.SourceLocation(), member.Name, type.ShortName());
        }
    }

    private static bool IsTakenInReader(ISymbol member) => member.Name == Known.ToMessage || ObjectMembers.Contains(member.Name);

    // The signature of the generated constructor that reads: a reference to the first byte, and for a view the tail.
    private static bool IsReading(IMethodSymbol constructor)
        => constructor.Parameters is [{ RefKind: not RefKind.None, Type.SpecialType: SpecialType.System_Byte }, .. { Length: <= 1 }];

    private static void CheckMember(IFieldSymbol field, WireType wire, Violations violations)
    {
        ISymbol declared = MessageShapeBuilder.Declared(field);
        if (!MessageShapeBuilder.IsTail(field) && (wire == WireType.None || field.RefKind != RefKind.None))
        {
            string type = field.RefKind == RefKind.None ? field.Type.ShortName() : "ref " + field.Type.ShortName();
            violations.Add(RuleIds.UnsupportedMemberType, declared.SourceLocation(), declared.Name, field.ContainingType.ShortName(), type);
        }

        if (IsUnusable(field))
        {
            violations.Add(RuleIds.UnusableMember, declared.SourceLocation(), declared.Name, field.ContainingType.ShortName());
        }
    }
}
