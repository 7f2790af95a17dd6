using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>What the [Message] attribute of a type says. It holds symbols: for builders and analyzers, not for models.</summary>
/// <param name="attribute">The attribute, plain or generic.</param>
internal readonly struct MessageDeclaration(AttributeData attribute)
{
    public AttributeData Attribute { get; } = attribute;

    /// <summary>The header that the message is bound to; null for the default one.</summary>
    public ITypeSymbol? Header => Attribute.AttributeClass is { TypeArguments: [var header] } ? header : null;

    /// <summary>The header, where its fields can be looked at.</summary>
    public INamedTypeSymbol? HeaderSymbol => Header as INamedTypeSymbol;

    /// <summary>The header's name with <c>global::</c>.</summary>
    public string HeaderName => HeaderFacts.Of(Header).FullName;

    /// <summary>Whether the attribute gives an id: a fault may do without.</summary>
    public bool HasId => Attribute.ConstructorArguments.Length > 0 || Attribute.AttributeConstructor is null; // Of a constructor that is not there, the compiler speaks.

    /// <summary>The id, or the first part of two.</summary>
    public long Id => Attribute.ConstructorArguments is [{ Value: long id }, ..] ? id : 0;

    /// <summary>The second part of the id.</summary>
    public long? Second => Attribute.ConstructorArguments is [_, { Value: long second }] ? second : null;

    /// <summary>The message that answers this one.</summary>
    public INamedTypeSymbol? Reply => Attribute.Named("Reply") as INamedTypeSymbol;

    public bool IsFault => Attribute.Named("IsFault") is true;

    public bool IsReply => IsFault || Attribute.Named("IsReply") is true;

    public bool Extensible => Attribute.Named("Extensible") is true;

    /// <summary>The longest body, in bytes; 0 for none of the message's own.</summary>
    public int MaxSize => Attribute.Named("MaxSize") is int size ? size : 0;

    public static MessageDeclaration? Of(ISymbol type)
    {
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is { } @class
                && (@class.Is(Known.Root, Known.MessageAttribute) || @class.Is(Known.Root, Known.MessageAttribute + "`1")))
            {
                return new MessageDeclaration(attribute);
            }
        }

        return null;
    }
}
