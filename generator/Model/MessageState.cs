using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace QContinuum.Generator.Model;

/// <summary>The state of a message: its fields, those behind auto-properties included, and the order in which they go over the wire.</summary>
internal static class MessageState
{
    public static IEnumerable<IFieldSymbol> Of(INamedTypeSymbol type)
        => type.GetMembers().OfType<IFieldSymbol>().Where(static field => !field.IsStatic);

    /// <summary>What the user calls a field: the auto-property, for the field behind one.</summary>
    public static ISymbol Declared(IFieldSymbol field) => field.AssociatedSymbol ?? PropertyOf(field) ?? field;

    public static bool IsTail(IFieldSymbol field) => field.Has(Known.TailAttribute) || Declared(field).Has(Known.TailAttribute);

    public static bool IsRequired(IFieldSymbol field) => field.IsRequired || field.AssociatedSymbol is IPropertySymbol { IsRequired: true };

    public static bool IsUnusable(IFieldSymbol field) => Declared(field).IsUnusable() || field.Type.IsUnusable();

    /// <summary>The constructor in the header of a type.</summary>
    public static IMethodSymbol? PrimaryConstructor(INamedTypeSymbol type, CancellationToken token)
        => type.InstanceConstructors.FirstOrDefault(constructor => constructor.DeclaringSyntaxReferences.Any(
            reference => reference.GetSyntax(token) is TypeDeclarationSyntax { ParameterList: not null }));

    /// <summary>The fields of a positional record, in the order of its parameters.</summary>
    public static IFieldSymbol[] InOrderOfParameters(IMethodSymbol primary, INamedTypeSymbol type)
        => [.. primary.Parameters
            .Select(parameter => Of(type).FirstOrDefault(field => Declared(field).Name == parameter.Name))
            .OfType<IFieldSymbol>()];

    public static IFieldSymbol[] InOrderOfSource(INamedTypeSymbol type)
        => [.. Of(type).OrderBy(static field => Declared(field).SourceLocation().SourceSpan.Start)];

    // Of another assembly the compiler does not say which property a field is behind, but its name does.
    private static ISymbol? PropertyOf(IFieldSymbol field)
        => field.Name.StartsWith("<", StringComparison.Ordinal) && field.Name.IndexOf('>') is > 0 and int end
            ? field.ContainingType.GetMembers(field.Name.Substring(1, end - 1)).FirstOrDefault(static member => member is IPropertySymbol)
            : null;

    /// <summary>How many declarations of a type have fields: of more than one, the order is nobody's.</summary>
    public static int CountOfParts(INamedTypeSymbol type, CancellationToken token)
        => Of(type)
            .SelectMany(static field => Declared(field).DeclaringSyntaxReferences.Take(1))
            .Select(reference => reference.GetSyntax(token).FirstAncestorOrSelf<TypeDeclarationSyntax>())
            .Distinct()
            .Count();
}
