using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>The rules for messages that are read in place.</summary>
internal static class LayoutRules
{
    private const int ExplicitLayout = 2; // System.Runtime.InteropServices.LayoutKind.Explicit

    // What a reader inherits: a property of such a name would hide it.
    private static readonly string[] ObjectMembers =
        ["Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"];

    public static void CheckLayout(INamedTypeSymbol type, IMethodSymbol? primary, Location location, Violations violations, CancellationToken token)
    {
        if (primary is not null && !type.IsRecord)
        {
            const string Advice = "make the struct a record, or declare its members as fields";
            violations.Add(RuleIds.StateOutsideLayout, location, type.ShortName(), "a primary constructor", Advice);
        }
        else if (primary is not null)
        {
            CheckPositional(type, primary, violations);
        }
        else if (MessageState.CountOfParts(type, token) > 1)
        {
            violations.Add(RuleIds.FieldsSpreadOverParts, location, type.ShortName());
        }

        if (type.FindAttribute("System.Runtime.InteropServices", "StructLayoutAttribute") is { ConstructorArguments: [{ Value: ExplicitLayout }] })
        {
            const string Advice = "remove [StructLayout], and declare the members in the order of the wire";
            violations.Add(RuleIds.StateOutsideLayout, location, type.ShortName(), "offsets in memory", Advice);
        }

        if (type.FindAttribute("System.Runtime.CompilerServices", "InlineArrayAttribute") is not null)
        {
            const string Advice = "remove [InlineArray], and declare each element";
            violations.Add(RuleIds.StateOutsideLayout, location, type.ShortName(), "an inline array", Advice);
        }

        CheckEvents(type, violations);
    }

    public static void CheckTails(INamedTypeSymbol type, Violations violations)
    {
        IFieldSymbol[] state = type.IsRefLikeType ? MessageState.InOrderOfSource(type) : [];
        int tails = 0;
        IEnumerable<ISymbol> marked = type.GetMembers()
            .Where(static member => member is IFieldSymbol or IPropertySymbol && member.Has(Known.TailAttribute))
            .Select(static member => member is IFieldSymbol field ? MessageState.Declared(field) : member)
            .Distinct(SymbolEqualityComparer.Default)
            .OfType<ISymbol>();
        foreach (ISymbol member in marked)
        {
            int place = Array.FindIndex(state, field => SymbolEqualityComparer.Default.Equals(MessageState.Declared(field), member));
            string? advice = !type.IsRefLikeType ? $"make {type.ShortName()} a ref struct"
                : place < 0 ? "move it to a field"
                : !(state[place].RefKind == RefKind.None && MemberAttributes.PartTypeOf(state[place].Type) is not null) ? "declare it as ReadOnlySpan<byte>, or as WireSpan<T> for numbers"
                : tails++ > 0 ? "keep one tail"
                : place < state.Length - 1 ? "declare it last"
                : null;
            if (advice is not null)
            {
                violations.Add(RuleIds.MisplacedTail, member.SourceLocation(), member.Name, advice);
            }
        }
    }

    /// <summary>The generated constructor that reads: a user's one of the same parameters stands in its way.</summary>
    /// <param name="type">The message or wire struct.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="shape">What else a message is; null for a wire struct.</param>
    /// <param name="violations">What is found.</param>
    public static void CheckReadingConstructor(INamedTypeSymbol type, LayoutModel layout, MessageShape? shape, Violations violations)
    {
        if (layout is { IsPlain: true, Construction.IsPositional: true })
        {
            return; // It is read by its own constructor.
        }

        foreach (IMethodSymbol constructor in type.InstanceConstructors.Where(constructor => !constructor.IsGenerated() && IsReading(constructor, layout, shape)))
        {
            string signature = constructor.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
            violations.Add(RuleIds.NameTaken, constructor.SourceLocation(), signature, type.ShortName());
        }
    }

    public static void CheckNames(INamedTypeSymbol type, IFieldSymbol[] state, MessageKind kind, Violations violations)
    {
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

        foreach (ISymbol member in state.Select(MessageState.Declared).Where(IsTakenInReader))
        {
            violations.Add(RuleIds.NameTaken, member.SourceLocation(), member.Name, type.ShortName());
        }
    }

    public static void CheckMember(IFieldSymbol field, bool hasFormat, bool isInWireStruct, Violations violations)
    {
        ISymbol declared = MessageState.Declared(field);
        if (!MessageState.IsTail(field) && (!hasFormat || field.RefKind != RefKind.None))
        {
            string type = field.RefKind == RefKind.None ? field.Type.ShortName() : "ref " + field.Type.ShortName();
            violations.Add(isInWireStruct ? RuleIds.WireStructNotFixed : RuleIds.UnsupportedMemberType, declared.SourceLocation(), declared.Name, field.ContainingType.ShortName(), type);
        }

        if (declared is IPropertySymbol { ExplicitInterfaceImplementations.IsEmpty: false })
        {
            const string Advice = "declare it as an ordinary member";
            violations.Add(RuleIds.StateOutsideLayout, declared.SourceLocation(), field.ContainingType.ShortName(), $"'{declared.Name}'", Advice);
        }

        if (MessageState.IsUnusable(field))
        {
            violations.Add(RuleIds.UnusableMember, declared.SourceLocation(), declared.Name, field.ContainingType.ShortName());
        }
    }

    /// <summary>Whether a reader has a member of the same name.</summary>
    public static bool IsTakenInReader(ISymbol member) => member.Name == Known.ToMessage || ObjectMembers.Contains(member.Name);

    // A reference to the first byte, and what a tail or the order of a wire struct needs; or the body and whether it was read, the header before them.
    private static bool IsReading(IMethodSymbol constructor, LayoutModel layout, MessageShape? shape) => constructor.Parameters switch
    {
        [{ RefKind: not RefKind.None, Type.SpecialType: SpecialType.System_Byte }, .. var rest] when layout.IsPlain
            => shape is null ? rest is [{ RefKind: RefKind.None, Type.SpecialType: SpecialType.System_Boolean }]
                : layout.Tail is null ? rest is []
                : rest is [{ RefKind: RefKind.None, Type: var tail }] && tail.IsByteSpan(),
        [.. var before, { RefKind: RefKind.None, Type: var body }, { RefKind: not RefKind.None, Type.SpecialType: SpecialType.System_Boolean }] when !layout.IsPlain
            => body.IsByteSpan()
                && (shape is { IsHeaderSized: true } ? before is [{ RefKind: not RefKind.None, Type: var header }] && header.FullName() == shape.Header : before is []),
        _ => false,
    };

    // The field behind an event is not among the members.
    private static void CheckEvents(INamedTypeSymbol type, Violations violations)
    {
        foreach (IEventSymbol @event in type.GetMembers().OfType<IEventSymbol>())
        {
            if (@event is { IsStatic: false, AddMethod.IsImplicitlyDeclared: true })
            {
                violations.Add(RuleIds.UnsupportedMemberType, @event.SourceLocation(), @event.Name, type.ShortName(), @event.Type.ShortName());
            }
        }
    }

    // Every field belongs to a parameter, every parameter has a field, and the constructor alone makes a value.
    private static void CheckPositional(INamedTypeSymbol type, IMethodSymbol primary, Violations violations)
    {
        var parameters = new HashSet<string>(primary.Parameters.Select(static parameter => parameter.Name), StringComparer.Ordinal);
        foreach (IFieldSymbol field in MessageState.Of(type))
        {
            ISymbol declared = MessageState.Declared(field);
            bool isParameter = parameters.Remove(declared.Name);
            if (!isParameter || MessageState.IsRequired(field))
            {
                string advice = isParameter ? "remove the modifier 'required'" : "make it a parameter of the record, or compute it from them";
                violations.Add(RuleIds.StateOutsideLayout, declared.SourceLocation(), type.ShortName(), $"'{declared.Name}'", advice);
            }
        }

        foreach (IParameterSymbol parameter in primary.Parameters.Where(parameter => parameters.Contains(parameter.Name)))
        {
            const string Advice = "let the record declare the property of the parameter";
            violations.Add(RuleIds.StateOutsideLayout, parameter.SourceLocation(), type.ShortName(), $"'{parameter.Name}'", Advice);
        }
    }
}
