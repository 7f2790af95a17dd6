using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace QContinuum.Generator.Model;

/// <summary>Reads what a further part of a type needs to repeat, and whether there can be one.</summary>
internal static class TypeModelBuilder
{
    // A namespace has a thousand messages: it is looked through once. The symbols are of one compilation, and are not kept alive by this.
    private static readonly ConditionalWeakTable<ISymbol, HashSet<string>> s_alike = new();

    public static TypeModel Build(INamedTypeSymbol type)
        => new(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            type.SelfAndAround().Skip(1).Reverse().Select(Part).ToEquatableArray(),
            Part(type),
            type.IsValueType || type.BaseType is null or { SpecialType: SpecialType.System_Object } ? Symbols.EscapeType(type.Name) : type.FullName(),
            type.FullName(),
            HintName(type));

    /// <summary>Checks what every generated part depends on, whatever it is for.</summary>
    /// <returns>Whether a further part can be declared at all.</returns>
    public static bool CanBeExtended(INamedTypeSymbol type, Location location, Violations violations, CancellationToken token)
    {
        foreach (TypeDeclarationSyntax declaration in Declarations(type, token).Where(static part => !part.Modifiers.Any(SyntaxKind.PartialKeyword)))
        {
            violations.Add(RuleIds.MustBePartial, declaration.Identifier.GetLocation(), declaration.Identifier.ValueText);
        }

        if (IsGenericOrFileLocal(type))
        {
            violations.Add(RuleIds.GenericOrFileLocal, location, type.ShortName());
            return false;
        }

        // Of a type that is not partial no part is generated: the compiler would take that for an error of its own, and stop before any rule.
        return IsFirstOfItsName(type) && IsPartial(type, token);
    }

    /// <summary>Whether the type and all around it are partial; so is whatever comes from another assembly, where it is done.</summary>
    public static bool IsPartial(INamedTypeSymbol type, CancellationToken token)
        => Declarations(type, token).All(static part => part.Modifiers.Any(SyntaxKind.PartialKeyword));

    public static bool IsGenericOrFileLocal(INamedTypeSymbol type) => type.SelfAndAround().Any(static part => part.Arity > 0 || part.IsFileLocal);

    /// <summary>The declarations of the type, and those around each of them.</summary>
    private static IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type, CancellationToken token)
        => type.DeclaringSyntaxReferences
            .SelectMany(reference => reference.GetSyntax(token).AncestorsAndSelf())
            .OfType<TypeDeclarationSyntax>()
            .Distinct();

    // A struct and a class of one name are the user's error; two generated files of one name would end the whole generator.
    private static bool IsFirstOfItsName(INamedTypeSymbol type)
        => type.SelfAndAround().All(static part => SymbolEqualityComparer.Default.Equals(
            part,
            ((INamespaceOrTypeSymbol)part.ContainingSymbol).GetTypeMembers(part.Name, part.Arity)[0]));

    /// <summary>The names within a namespace or type that differ from another one only by case.</summary>
    private static HashSet<string> FindAlike(ISymbol container)
    {
        var first = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var alike = new HashSet<string>(StringComparer.Ordinal);
        foreach (INamespaceOrTypeSymbol member in ((INamespaceOrTypeSymbol)container).GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (!first.TryGetValue(member.Name, out string? other))
            {
                first.Add(member.Name, member.Name);
            }
            else if (other != member.Name)
            {
                alike.Add(other);
                alike.Add(member.Name);
            }
        }

        return alike;
    }

    private static TypePart Part(INamedTypeSymbol type)
    {
        string keyword = type switch
        {
            { TypeKind: TypeKind.Interface } => "interface",
            { IsRecord: true, IsValueType: true } => "record struct",
            { IsRecord: true } => "record",
            { IsValueType: true } => "struct",
            _ => "class",
        };
        return new TypePart(keyword, Symbols.EscapeType(type.Name));
    }

    /// <summary>
    /// The dotted name of the type. Where it does not tell apart what C# does (names that differ only by case, characters that a hint name
    /// may not have), a hash of the exact name follows.
    /// </summary>
    private static string HintName(INamedTypeSymbol type)
    {
        var parts = new Stack<string>();
        bool isAmbiguous = false;
        for (ISymbol part = type; part is not INamespaceSymbol { IsGlobalNamespace: true }; part = part.ContainingSymbol)
        {
            parts.Push(part.Name);
            isAmbiguous |= s_alike.GetValue(part.ContainingSymbol, static container => FindAlike(container)).Contains(part.Name);
        }

        string exact = string.Join(".", parts);
        var hint = new StringBuilder(exact.Length);
        foreach (char character in exact)
        {
            bool isAllowed = char.IsLetterOrDigit(character) || character is '_' or '.';
            isAmbiguous |= !isAllowed;
            hint.Append(isAllowed ? character : '-');
        }

        return isAmbiguous ? hint.Append('-').Append(StableHash(exact).ToString("x8", CultureInfo.InvariantCulture)).ToString() : hint.ToString();
    }

    // FNV-1a: the same on every machine and in every run, which string.GetHashCode is not.
    private static uint StableHash(string text)
    {
        uint hash = 2166136261;
        foreach (char character in text)
        {
            hash = unchecked((hash ^ character) * 16777619);
        }

        return hash;
    }
}
