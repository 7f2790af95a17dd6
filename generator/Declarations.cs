using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using QContinuum.Generator.Model;

namespace QContinuum.Generator;

internal static class Declarations
{
    /// <summary>The models of all types with an attribute, under each of its metadata names: a generic attribute is another one than a plain one.</summary>
    public static IEnumerable<IncrementalValuesProvider<TModel>> ModelsOf<TModel>(
        this IncrementalGeneratorInitializationContext context,
        string attribute,
        int generics,
        Func<INamedTypeSymbol, Compilation, CancellationToken, TModel?> build,
        string trackingName)
        where TModel : class
    {
        for (int arity = 0; arity <= generics; arity++)
        {
            yield return context.SyntaxProvider
                .ForAttributeWithMetadataName(
                    Known.Root + "." + attribute + (arity == 0 ? "" : "`" + (char)('0' + arity)),
                    static (node, _) => node is TypeDeclarationSyntax,
                    (declaration, token) => declaration.IsFirst()
                        ? build((INamedTypeSymbol)declaration.TargetSymbol, declaration.SemanticModel.Compilation, token)
                        : null)
                .Where(static model => model is not null)
                .Select(static (model, _) => model!)
                .WithTrackingName(trackingName);
        }
    }

    /// <summary>
    /// Whether this is the first declaration of its type that carries the attribute: one on two parts is the user's error, and a type
    /// generated twice would be ours.
    /// </summary>
    private static bool IsFirst(this GeneratorAttributeSyntaxContext declaration)
        => FirstOf(declaration.TargetSymbol, declaration.Attributes[0]) is { ApplicationSyntaxReference: { } first } attribute
            && SymbolEqualityComparer.Default.Equals(attribute.AttributeClass?.OriginalDefinition, declaration.Attributes[0].AttributeClass?.OriginalDefinition)
            && first.SyntaxTree == declaration.TargetNode.SyntaxTree
            && declaration.TargetNode.Span.Contains(first.Span);

    // A plain attribute and a generic one on the same type are two of a kind: only one of them counts.
    private static AttributeData? FirstOf(ISymbol symbol, AttributeData like)
        => MessageDeclaration.Of(symbol) is { } message && IsOneOf(like, Known.MessageAttribute) ? message.Attribute
            : ProcessorDeclaration.Of(symbol) is { } processor && IsOneOf(like, Known.ProcessorAttribute) ? processor.Attribute
            : symbol.GetAttributes().FirstOrDefault(other => SymbolEqualityComparer.Default.Equals(other.AttributeClass, like.AttributeClass));

    private static bool IsOneOf(AttributeData attribute, string name) => attribute.AttributeClass?.Name == name;
}
