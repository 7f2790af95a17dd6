using System.Globalization;
using Microsoft.CodeAnalysis;
using static System.FormattableString;

namespace QContinuum.Generator.Model;

/// <summary>The rules for a header as a whole. Those for its fields are in <see cref="HeaderFieldRules"/>.</summary>
internal static class HeaderRules
{
    /// <summary>Checks that a type named as a header is one.</summary>
    public static void CheckIsHeader(ITypeSymbol? header, string user, Location location, Violations violations)
    {
        bool isOne = header is null or { TypeKind: TypeKind.Error }
            || header.Is(Known.Root, Known.MessageHeader)
            || header.Has(Known.HeaderAttribute)
            || header.AllInterfaces.Any(static @interface => @interface.OriginalDefinition.Is(Known.Root, "IHeader`1"));
        if (!isOne)
        {
            violations.Add(RuleIds.NotAHeader, location, user, header!.ShortName());
        }
        else if (header is { TypeKind: not TypeKind.Error } && !header.Has(Known.HeaderAttribute) && !header.CanBeNamed())
        {
            violations.Add(RuleIds.GenericOrFileLocal, location, header.ShortName());
        }
    }

    /// <summary>Checks what kind of type it is.</summary>
    /// <returns>The parameters that are its fields; none where it has no such parameters.</returns>
    public static IParameterSymbol[] CheckType(INamedTypeSymbol type, Location location, Violations violations, CancellationToken token)
    {
        IMethodSymbol? primary = MessageState.PrimaryConstructor(type, token);
        IParameterSymbol[] parameters = type.IsRecord && primary is not null ? [.. primary.Parameters] : [];
        string? advice = !type.IsRecord ? "make it a record struct, whose parameters are the fields on the wire"
            : type.IsRefLikeType ? "remove 'ref'"
            : parameters.Length == 0 ? "give it its fields as parameters"
            : null;
        if (advice is not null)
        {
            violations.Add(RuleIds.HeaderKind, location, type.ShortName(), advice);
        }

        foreach (IFieldSymbol field in MessageState.Of(type).Where(field => advice is null && parameters.All(parameter => parameter.Name != MessageState.Declared(field).Name)))
        {
            ISymbol declared = MessageState.Declared(field);
            violations.Add(RuleIds.HeaderKind, declared.SourceLocation(), type.ShortName(), $"make '{declared.Name}' a parameter of the record, or compute it from them");
        }

        foreach (IParameterSymbol parameter in parameters.Where(parameter => !HasOwnProperty(type, parameter)))
        {
            violations.Add(RuleIds.HeaderKind, parameter.SourceLocation(), type.ShortName(), $"let the record declare the property of '{parameter.Name}'");
        }

        if (ImplementsByHand(type))
        {
            violations.Add(RuleIds.NameTaken, location, "IHeader<" + type.Name + ">", type.ShortName());
        }

        return parameters;
    }

    /// <summary>Whether the user implements the contract already: a second implementation cannot be generated.</summary>
    public static bool ImplementsByHand(INamedTypeSymbol type)
        => type.GetMembers().Any(static member => !member.IsGenerated() && member switch
        {
            IMethodSymbol { AssociatedSymbol: null } method => method.ExplicitInterfaceImplementations.Any(IsOfHeader),
            IPropertySymbol property => property.ExplicitInterfaceImplementations.Any(IsOfHeader),
            _ => false,
        });

    /// <summary>Checks the fields, each by itself and with the others.</summary>
    public static void CheckFields(
        INamedTypeSymbol type,
        IParameterSymbol[] parameters,
        HeaderFieldModel[] fields,
        int size,
        int trailerSize,
        int maxFrame,
        Location location,
        Violations violations)
    {
        for (int index = 0; index < fields.Length; index++)
        {
            HeaderFieldRules.Check(type, parameters, fields, index, size, violations);
        }

        CheckOnce(type, parameters, fields, violations);
        if (Enumerable.Range(0, fields.Length).Where(index => fields[index].IdMask is not null).ToArray() is [var first, var second]
            && fields[first].Width + fields[second].Width > BitRun.MaxBits)
        {
            const string Advice = "use ids that have at most 8 bytes together";
            violations.Add(RuleIds.HeaderFieldType, parameters[second].SourceLocation(), parameters[second].Name, type.ShortName(), parameters[second].Type.ShortName(), Advice);
        }

        if (maxFrame != 0 && maxFrame < size + trailerSize)
        {
            violations.Add(RuleIds.MaxFrameTooSmall, location, type.ShortName(), Invariant($"{maxFrame}"), Invariant($"{size + trailerSize}"));
        }
    }

    /// <summary>Finds the method that measures frames, and checks it.</summary>
    public static string? FindFramer(INamedTypeSymbol type, HeaderFieldModel[] fields, Location location, Violations violations)
    {
        IMethodSymbol[] framers = [.. type.GetMembers().OfType<IMethodSymbol>().Where(static method => method.Has(Known.FramerAttribute))];
        foreach (IMethodSymbol method in framers)
        {
            string? problem = !SymbolEqualityComparer.Default.Equals(method, framers[0]) ? "a header has one; remove this one"
                : !IsFramer(method, type) ? $"declare it as 'static FrameStatus {method.Name}(in {type.Name} header, ReadOnlySpan<byte> received, out int frame)'"
                : fields.Any(static field => field.Length is not null) ? "the header has a [Length], which measures its frames already; remove one of them"
                : null;
            if (problem is not null)
            {
                violations.Add(RuleIds.FramerSignature, method.SourceLocation(), method.Name, type.ShortName(), problem);
            }
        }

        return framers.Length == 0 ? null : Symbols.Escape(framers[0].Name);
    }

    private static bool IsFramer(IMethodSymbol method, INamedTypeSymbol type)
        => method is { IsStatic: true, Arity: 0, ReturnsByRef: false, Parameters: [var header, var received, var frame] }
            && method.ReturnType.Is(Known.Root, "FrameStatus")
            && header.RefKind is RefKind.In or RefKind.RefReadOnlyParameter
            && SymbolEqualityComparer.Default.Equals(header.Type, type)
            && received.RefKind == RefKind.None && received.Type.IsByteSpan()
            && frame.RefKind == RefKind.Out && frame.Type.SpecialType == SpecialType.System_Int32;

    private static bool IsOfHeader(ISymbol member) => member.ContainingType.Is(Known.Root, "IHeader`1");

    private static bool HasOwnProperty(INamedTypeSymbol type, IParameterSymbol parameter)
        => type.GetMembers(parameter.Name).Any(member => member is IPropertySymbol && MessageState.Of(type).Any(
            field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, member)));

    // Roles that a header has once; two fields may be ids, and any number lengths.
    private static void CheckOnce(INamedTypeSymbol type, IParameterSymbol[] parameters, HeaderFieldModel[] fields, Violations violations)
    {
        CheckCount("[Correlation]", 1, static field => field.IsCorrelation);
        CheckCount("[ReplyFlag], or a [Constant] with Reply", 1, static field => field.ReplyMask is not null || field.Constant is { Reply: not null });
        CheckCount("[Fault]", 1, static field => field.FaultMask is not null);
        CheckCount("[MessageId]", 2, static field => field.IdMask is not null);

        void CheckCount(string role, int most, Func<HeaderFieldModel, bool> has)
        {
            int[] having = [.. Enumerable.Range(0, fields.Length).Where(index => has(fields[index]))];
            foreach (int index in having.Skip(most))
            {
                string problem = $"a header has at most {most.ToString(CultureInfo.InvariantCulture)} with {role}; remove it here";
                violations.Add(RuleIds.ConflictingRoles, parameters[index].SourceLocation(), parameters[index].Name, type.ShortName(), problem);
            }
        }
    }
}
