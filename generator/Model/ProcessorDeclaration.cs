using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>What the [Processor] attribute of a class says. It holds symbols: for builders and analyzers, not for models.</summary>
/// <param name="attribute">The attribute, plain or generic.</param>
internal readonly struct ProcessorDeclaration(AttributeData attribute)
{
    public AttributeData Attribute { get; } = attribute;

    /// <summary>The header of what it receives; null for the default one.</summary>
    public ITypeSymbol? In => Attribute.AttributeClass is { TypeArguments: [var header, ..] } ? header : null;

    /// <summary>The header of what it sends; null for the default one.</summary>
    public ITypeSymbol? Out => Attribute.AttributeClass is { TypeArguments: [.., var header] } ? header : null;

    public string InName => NameOf(In);

    public string OutName => NameOf(Out);

    public static ProcessorDeclaration? Of(ISymbol type)
    {
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is { } @class
                && (@class.Is(Known.Root, Known.ProcessorAttribute)
                    || @class.Is(Known.Root, Known.ProcessorAttribute + "`1")
                    || @class.Is(Known.Root, Known.ProcessorAttribute + "`2")))
            {
                return new ProcessorDeclaration(attribute);
            }
        }

        return null;
    }

    private static string NameOf(ITypeSymbol? header) => HeaderFacts.Of(header).FullName;
}
