using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Reads a class with [Processor] into its model.</summary>
internal static class ProcessorModelBuilder
{
    /// <summary>Reads a class.</summary>
    /// <param name="type">The class; it need not carry [Processor].</param>
    /// <param name="compilation">The compilation that it belongs to.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>The model, null where nothing can be generated; and all rules that the declaration breaks.</returns>
    public static (ProcessorModel? Model, EquatableArray<Violation> Violations) Build(
        INamedTypeSymbol type,
        Compilation compilation,
        CancellationToken token)
    {
        if (type.TypeKind != TypeKind.Class || ProcessorDeclaration.Of(type) is not { } declaration)
        {
            return default;
        }

        var violations = new Violations();
        Location location = Symbols.DeclarationLocation(declaration.Attribute, type, token);
        bool canBeExtended = TypeModelBuilder.CanBeExtended(type, location, violations, token);
        canBeExtended &= CanDerive(type, location, violations);
        EquatableArray<string> taken = TakenNames(type, compilation, violations);
        token.ThrowIfCancellationRequested();

        MessageRules.CheckOnce(type, Known.ProcessorAttribute, "[Processor]", location, violations);
        ArgumentRules.Check(type, declaration.Attribute, location, violations);
        HeaderRules.CheckIsHeader(declaration.In, type.ShortName(), location, violations);
        if (!SymbolEqualityComparer.Default.Equals(declaration.In, declaration.Out))
        {
            HeaderRules.CheckIsHeader(declaration.Out, type.ShortName(), location, violations);
        }

        var methods = new HandlerReader(type, declaration, violations);
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>())
        {
            methods.Read(method);
        }

        if (!canBeExtended || taken.Contains(type.Name))
        {
            return (null, violations.ToArray());
        }

        return (new ProcessorModel(
            TypeModelBuilder.Build(type),
            HeaderFacts.Of(declaration.In),
            declaration.OutName,
            CopiedFields(declaration),
            declaration.Attribute.Named("Unknown") is 1, // UnknownMessages.Skip
            ThreadingOf(declaration.Attribute),
            methods.Opened,
            methods.Handlers,
            methods.Unhandled,
            methods.Closed,
            methods.Unresolved,
            taken,
            type.Name == Known.Reply || type.GetMembers(Known.Reply).Any(static member => !member.IsGenerated())), violations.ToArray());
    }

    // Of two headers, what both call by one name and the outgoing one copies.
    private static EquatableArray<string> CopiedFields(ProcessorDeclaration declaration)
    {
        if (declaration.In is not { } received || declaration.Out is not { } sent || SymbolEqualityComparer.Default.Equals(received, sent))
        {
            return default;
        }

        IParameterSymbol[] there = [.. HeaderFacts.Fields(received)];
        return HeaderFacts.Fields(sent)
            .Where(field => field.Has(Known.CopiedAttribute)
                && there.Any(other => other.Name == field.Name && SymbolEqualityComparer.Default.Equals(other.Type, field.Type)))
            .Select(static field => Symbols.Escape(field.Name))
            .ToEquatableArray();
    }

    private static bool CanDerive(INamedTypeSymbol type, Location location, Violations violations)
    {
        if (type.IsStatic || type.IsRecord)
        {
            violations.Add(RuleIds.ProcessorKind, location, type.ShortName());
            return false;
        }

        // A base class that does not exist is the user's error; a second one from us would be a further error.
        INamedTypeSymbol? @base = type.BaseType;
        if (@base is null or { SpecialType: SpecialType.System_Object } || @base.Is(Known.Root, Known.Processor))
        {
            return true;
        }

        if (@base.TypeKind != TypeKind.Error)
        {
            violations.Add(RuleIds.ForeignBaseClass, location, type.ShortName(), @base.ShortName());
        }

        return false;
    }

    /// <summary>The abstract members of Processor whose names or signatures the class, or a member of it, has already.</summary>
    private static EquatableArray<string> TakenNames(INamedTypeSymbol type, Compilation compilation, Violations violations)
    {
        var taken = new List<string>();
        IEnumerable<ISymbol> generated = compilation.GetTypesByMetadataName(Known.Root + "." + Known.Processor)
            .SelectMany(static processor => processor.GetMembers())
            .Where(static member => member is { IsAbstract: true } or { Name: "DispatchReplies" or "DispatchReceivedHeader" or "DispatchHandles" })
            .Where(static member => member is IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary });
        foreach (ISymbol member in generated)
        {
            ISymbol? clash = type.Name == member.Name
                ? type
                : type.GetMembers(member.Name).FirstOrDefault(own => !own.IsGenerated() && Clashes(own, member));
            if (clash is not null)
            {
                taken.Add(member.Name);
                violations.Add(RuleIds.NameTaken, clash.SourceLocation(), clash.Name, type.ShortName());
            }
        }

        return taken.ToEquatableArray();
    }

    private static bool Clashes(ISymbol own, ISymbol generated)
        => own is not IMethodSymbol { Arity: 0 } method
            || generated is not IMethodSymbol other
            || TypesOf(method).SequenceEqual(TypesOf(other), SymbolEqualityComparer.Default);

    private static IEnumerable<ITypeSymbol> TypesOf(IMethodSymbol method) => method.Parameters.Select(static parameter => parameter.Type);

    private static string ThreadingOf(AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [{ Kind: TypedConstantKind.Enum, Value: int value, Type: { } type }])
        {
            return "default";
        }

        IFieldSymbol? named = type.GetMembers()
            .OfType<IFieldSymbol>()
            .FirstOrDefault(field => field.ConstantValue is int constant && constant == value);
        return named is not null ? type.FullName() + "." + named.Name : "default"; // What is no value breaks a rule.
    }
}
