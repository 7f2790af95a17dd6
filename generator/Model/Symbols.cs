using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace QContinuum.Generator.Model;

/// <summary>Questions that both builders ask of symbols.</summary>
internal static class Symbols
{
    private static readonly SymbolDisplayFormat FullNameFormat = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static bool Is(this ITypeSymbol? type, string @namespace, string metadataName)
        => type is { ContainingType: null, ContainingNamespace: { } container }
            && type.MetadataName == metadataName
            && IsNamed(container, @namespace);

    // Without a string for every look: this is asked of every attribute of every member.
    private static bool IsNamed(INamespaceSymbol container, string name)
    {
        int end = name.Length;
        while (!container.IsGlobalNamespace)
        {
            string part = container.Name;
            int start = end - part.Length;
            if (start < 0 || string.CompareOrdinal(name, start, part, 0, part.Length) != 0 || (start > 0 && name[start - 1] != '.'))
            {
                return false;
            }

            container = container.ContainingNamespace;
            if (start == 0)
            {
                return container.IsGlobalNamespace;
            }

            end = start - 1;
        }

        return false;
    }

    public static bool IsByteSpan(this ITypeSymbol type)
        => type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_Byte }] }
            && type.OriginalDefinition.Is("System", "ReadOnlySpan`1");

    public static AttributeData? FindAttribute(this ISymbol symbol, string @namespace, string metadataName)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass.Is(@namespace, metadataName))
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>Whether it is one of the toolkit's.</summary>
    public static bool IsOurs(this AttributeData attribute) => attribute.AttributeClass is { } type && type.Is(Known.Root, type.MetadataName);

    /// <summary>The value of a named argument; null where it is not given.</summary>
    public static object? Named(this AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
            {
                return argument.Value.Value;
            }
        }

        return null;
    }

    public static bool Has(this ISymbol symbol, string attribute) => symbol.FindAttribute(Known.Root, attribute) is not null;

    /// <summary>Whether our own generator declared it: an analyzer sees what the generator added.</summary>
    public static bool IsGenerated(this ISymbol symbol)
        => symbol.FindAttribute("System.CodeDom.Compiler", "GeneratedCodeAttribute") is { ConstructorArguments: [{ Value: Known.Tool }, ..] };

    /// <summary>The type, then the types around it, outwards.</summary>
    public static IEnumerable<INamedTypeSymbol> SelfAndAround(this INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            yield return current;
        }
    }

    public static string FullName(this ITypeSymbol type)
        => type.SpecialType != SpecialType.None && WireTypes.Of(type) is var number and not WireType.None ? number.Keyword() : type.ToDisplayString(FullNameFormat);

    public static string ShortName(this ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);

    /// <summary>
    /// The identifier as source code needs it: <c>@</c> goes before what is a keyword in some places only, too, <c>record</c> for instance.
    /// </summary>
    public static string Escape(string name)
        => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>The name of a type in its declaration. One of small letters alone is escaped as well: the compiler warns of it otherwise.</summary>
    public static string EscapeType(string name) => name.All(static letter => letter is >= 'a' and <= 'z') ? "@" + name : Escape(name);

    /// <summary>Whether code in another file, without <c>unsafe</c>, can name the type.</summary>
    public static bool CanBeNamed(this ITypeSymbol type) => type switch
    {
        { SpecialType: not SpecialType.None } or IDynamicTypeSymbol => true,
        IArrayTypeSymbol array => array.ElementType.CanBeNamed(),
        INamedTypeSymbol { TypeKind: not TypeKind.Error } named
            => named.SelfAndAround().All(static part => !part.IsFileLocal && part.TypeArguments.All(CanBeNamed)),
        _ => false,
    };

    /// <summary>
    /// Whether the compiler makes an error of every use: no <c>#pragma</c> of ours mends <c>[Obsolete(…, error: true)]</c>, and
    /// <c>[Experimental]</c> is for the user to accept.
    /// </summary>
    public static bool IsUnusable(this ISymbol symbol)
        => symbol.FindAttribute("System", "ObsoleteAttribute") is { ConstructorArguments: [_, { Value: true }, ..] }
            || symbol.FindAttribute("System.Diagnostics.CodeAnalysis", "ExperimentalAttribute") is not null;

    public static bool IsUnusable(this ITypeSymbol type) => UnusablePart(type) is not null;

    /// <summary>The type itself, one around it, or one that it is made of, where that is what the compiler refuses.</summary>
    public static INamedTypeSymbol? UnusablePart(this ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.UnusablePart(),
        INamedTypeSymbol { SpecialType: SpecialType.None } named => named.SelfAndAround()
            .Select(static part => IsUnusable((ISymbol)part) ? part : part.TypeArguments.Select(UnusablePart).FirstOrDefault(static argument => argument is not null))
            .FirstOrDefault(static part => part is not null),
        _ => null,
    };

    /// <summary>An attribute as it is written: <c>[Length]</c>.</summary>
    public static string Written(string attribute) => "[" + attribute.Substring(0, attribute.Length - "Attribute".Length) + "]";

    public static Location SourceLocation(this ISymbol symbol)
        => symbol.Locations.FirstOrDefault(static location => location.IsInSource) ?? Location.None;

    /// <summary>The name in the declaration that carries an attribute.</summary>
    public static Location DeclarationLocation(AttributeData attribute, INamedTypeSymbol type, CancellationToken token)
        => attribute.ApplicationSyntaxReference?.GetSyntax(token).FirstAncestorOrSelf<BaseTypeDeclarationSyntax>()?.Identifier.GetLocation()
            ?? type.SourceLocation();
}
