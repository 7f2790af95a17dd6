using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>What messages and processors need to know of a header, be it declared here, in a referenced assembly, or written by hand.</summary>
/// <param name="FullName">Its name with <c>global::</c>.</param>
/// <param name="IsDeclared">Whether it has [Header]; of one written by hand nothing else is known.</param>
/// <param name="IsBigEndian">The byte order of messages that say none.</param>
/// <param name="HasCorrelation">Whether a reply can find its request; assumed of a header written by hand.</param>
/// <param name="HasReplyFlag">Whether the header tells replies from requests.</param>
internal sealed record HeaderFacts(string FullName, bool IsDeclared, bool IsBigEndian, bool HasCorrelation, bool HasReplyFlag)
{
    private static readonly HeaderFacts Default =
        new("global::" + Known.Root + "." + Known.MessageHeader, IsDeclared: false, IsBigEndian: false, HasCorrelation: false, HasReplyFlag: false);

    /// <summary>Reads a header; null is the default one.</summary>
    public static HeaderFacts Of(ITypeSymbol? header)
    {
        if (header is null || header.Is(Known.Root, Known.MessageHeader))
        {
            return Default;
        }

        if (header.FindAttribute(Known.Root, Known.HeaderAttribute) is not { } attribute)
        {
            return new HeaderFacts(header.FullName(), IsDeclared: false, IsBigEndian: false, HasCorrelation: true, HasReplyFlag: false);
        }

        IParameterSymbol[] fields = [.. Fields(header)];
        return new HeaderFacts(
            header.FullName(),
            IsDeclared: true,
            IsBigEndian: attribute.ConstructorArguments is [{ Value: 1 }], // ByteOrder.BigEndian
            HasCorrelation: fields.Any(static field => field.Has(Known.CorrelationAttribute)),
            HasReplyFlag: fields.Any(static field => field.Has(Known.ReplyFlagAttribute) || HasReplyConstant(field)));
    }

    /// <summary>The parameters of a positional record struct: those of the constructor that the fields came from.</summary>
    public static IEnumerable<IParameterSymbol> Fields(ITypeSymbol header)
        => ((INamedTypeSymbol)header).InstanceConstructors
            .FirstOrDefault(static constructor => !constructor.IsImplicitlyDeclared && !constructor.IsGenerated()
                && constructor.Parameters.Length > 0
                && constructor.Parameters.All(parameter => constructor.ContainingType.GetMembers(parameter.Name).Any(static member => member is IPropertySymbol)))
            ?.Parameters ?? [];

    private static bool HasReplyConstant(IParameterSymbol field)
        => field.FindAttribute(Known.Root, Known.ConstantAttribute)?.NamedArguments.Any(static argument => argument.Key == "Reply") == true;
}
