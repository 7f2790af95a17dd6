using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Reads the parameters of a handler one after the other, each into the argument that the generated call passes for it.</summary>
internal sealed class HandlerSignature(ImmutableArray<IParameterSymbol> parameters)
{
    private readonly List<ArgumentModel> _arguments = [];
    private int _next;

    /// <summary>Whether every parameter has been taken.</summary>
    public bool IsAtEnd => _next == parameters.Length;

    /// <summary>The last parameter, where it is the next one.</summary>
    public IParameterSymbol? Last => _next == parameters.Length - 1 ? parameters[_next] : null;

    public EquatableArray<ArgumentModel> Arguments => _arguments.ToEquatableArray();

    public bool TakePeer() => Take(ArgumentRole.Peer, canBeReference: false, static parameter => parameter.Type.Is(Known.Root, Known.Peer));

    public bool TakeHeader(ITypeSymbol? header)
        => Take(
            ArgumentRole.Header,
            canBeReference: true,
            parameter => header is null ? parameter.Type.Is(Known.Root, Known.MessageHeader) : SymbolEqualityComparer.Default.Equals(parameter.Type, header));

    public bool TakeReason()
        => Take(ArgumentRole.Reason, canBeReference: true, static parameter => parameter.Type.Is(Known.Root, Known.CloseReason));

    public bool TakeBody() => Take(ArgumentRole.Body, canBeReference: false, static parameter => parameter.Type.IsByteSpan());

    public bool TakeMessage() => Take(ArgumentRole.Message, canBeReference: true, static _ => true);

    /// <summary>Takes a state: any reference type that is not a message.</summary>
    public bool TakeState() => Take(
        ArgumentRole.State,
        canBeReference: false,
        static parameter => parameter.Type is { IsReferenceType: true, TypeKind: not TypeKind.TypeParameter }
            && parameter.Type.CanBeNamed()
            && MessageDeclaration.Of(parameter.Type) is null);

    private bool Take(ArgumentRole role, bool canBeReference, Func<IParameterSymbol, bool> matches)
    {
        if (IsAtEnd || !matches(parameters[_next]))
        {
            return false;
        }

        IParameterSymbol parameter = parameters[_next];
        bool isReference = parameter.RefKind is RefKind.In or RefKind.RefReadOnlyParameter;
        if (parameter.RefKind != RefKind.None && !(canBeReference && isReference))
        {
            return false;
        }

        _next++;

        // With a dynamic argument the call would be bound when it is made, and takes neither what is passed by reference nor a view.
        string cast = role != ArgumentRole.State ? ""
            : parameter.Type is IDynamicTypeSymbol ? "object"
            : parameter.Type.WithNullableAnnotation(NullableAnnotation.None).FullName();
        _arguments.Add(new ArgumentModel(role, isReference, cast));
        return true;
    }
}
