using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>How far a generated member may be visible, given the types in its signature: beyond them it would not compile (CS0051, CS0053).</summary>
internal static class Accessibilities
{
    /// <summary>Whether the type is visible to every assembly.</summary>
    public static bool IsPublic(INamedTypeSymbol type) => type.SelfAndAround().All(static part => part.DeclaredAccessibility == Accessibility.Public);

    /// <summary>What a member shows of itself.</summary>
    public static Exposure Of(ISymbol member) => member.DeclaredAccessibility switch
    {
        Accessibility.Public => Exposure.Public,
        Accessibility.Internal or Accessibility.ProtectedOrInternal => Exposure.Internal,
        _ => Exposure.Hidden,
    };

    /// <summary>How far a member of <paramref name="owner"/> may be visible that has <paramref name="type"/> in its signature.</summary>
    public static Exposure Limit(ITypeSymbol type, INamedTypeSymbol owner) => type switch
    {
        { SpecialType: not SpecialType.None } => Exposure.Public,
        IArrayTypeSymbol array => Limit(array.ElementType, owner),
        INamedTypeSymbol named => named.TypeArguments.Select(argument => Limit(argument, owner)).Append(LimitOfDefinition(named, owner)).Min(),
        _ => Exposure.Public,
    };

    private static Exposure LimitOfDefinition(INamedTypeSymbol type, INamedTypeSymbol owner)
    {
        if (IsVisibleWherever(type, owner))
        {
            return Exposure.Public;
        }

        Exposure visible = type.SelfAndAround().Min(Of);
        return visible == Exposure.Internal && StaysInAssembly(owner) ? Exposure.Public : visible;
    }

    // Beside the owner, or beside a type around it, and no less accessible than that one.
    private static bool IsVisibleWherever(INamedTypeSymbol type, INamedTypeSymbol owner)
        => type.ContainingType is { } container
            && owner.SelfAndAround().Any(part => SymbolEqualityComparer.Default.Equals(part.ContainingType, container)
                && (type.DeclaredAccessibility == part.DeclaredAccessibility || part.DeclaredAccessibility == Accessibility.Private));

    private static bool StaysInAssembly(INamedTypeSymbol owner)
        => owner.SelfAndAround().Any(
            static part => part.DeclaredAccessibility is Accessibility.Internal or Accessibility.Private or Accessibility.ProtectedAndInternal);
}
