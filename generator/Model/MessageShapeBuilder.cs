using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Reads what processors see of a message, be it declared here or in a referenced assembly.</summary>
internal static class MessageShapeBuilder
{
    // A message is asked for by itself and by each of its handlers. The symbols are of one compilation, and are not kept alive by this.
    private static readonly ConditionalWeakTable<INamedTypeSymbol, StrongBox<MessageShape?>> s_known = new();

    /// <summary>Reads the shape of a type with [Message].</summary>
    /// <returns>Null where nothing is generated for the type, so that no processor can use it.</returns>
    public static MessageShape? Build(INamedTypeSymbol type)
        => s_known.GetValue(type, static type => new StrongBox<MessageShape?>(Read(type))).Value;

    private static MessageShape? Read(INamedTypeSymbol type)
    {
        bool isPossible = type is { TypeKind: TypeKind.Struct or TypeKind.Class, IsStatic: false }
            && !TypeModelBuilder.IsGenericOrFileLocal(type)
            && TypeModelBuilder.IsPartial(type, CancellationToken.None)
            && !ImplementsByHand(type);
        if (!isPossible || MessageDeclaration.Of(type) is not { } declaration)
        {
            return null;
        }

        MessageKind kind = Kind(type);
        int size = kind == MessageKind.MessagePack ? 0 : WireStructs.SizeOfState(type);
        string fullName = type.WithNullableAnnotation(NullableAnnotation.None).FullName(); // A handler may take Chat?.
        return new MessageShape(
            type.ShortName(),
            fullName,
            declaration.HeaderName,
            HeaderFacts.Of(declaration.Header).IdOf(declaration),
            declaration.IsReply,
            declaration.IsFault,
            kind,
            size,
            MaxSizeOf(type, declaration, kind, size),
            declaration.Extensible,
            kind == MessageKind.FixedLayout && !TakesNameOfReader(type),
            kind == MessageKind.View && IsHeaderSized(type, declaration),
            type.IsRefLikeType,
            declaration.HasId);
    }

    /// <summary>The longest body; negative where only the header and the peer limit it.</summary>
    private static int MaxSizeOf(INamedTypeSymbol type, MessageDeclaration declaration, MessageKind kind, int size)
        => declaration.MaxSize > 0 ? declaration.MaxSize
            : kind == MessageKind.FixedLayout && !declaration.Extensible && !type.IsRefLikeType ? size
            : -1;

    private static bool IsHeaderSized(INamedTypeSymbol type, MessageDeclaration declaration)
        => MessageState.Of(type).Any(field => MemberAttributes.SizedByOf(field).Name is { } name
            && MessageState.Of(type).All(other => MessageState.Declared(other).Name != name)
            && HeaderCounts.Of(declaration.HeaderSymbol, name) is not null);

    public static bool IsMessagePackObject(INamedTypeSymbol type) => type.FindAttribute("MessagePack", "MessagePackObjectAttribute") is not null;

    public static bool TakesNameOfReader(INamedTypeSymbol type)
        => type.Name == Known.Reader || type.GetMembers(Known.Reader).Any(static member => !member.IsGenerated());

    /// <summary>Whether the user wrote a member of the interface explicitly: a second one cannot be generated.</summary>
    public static bool ImplementsByHand(INamedTypeSymbol type)
        => type.GetMembers().Any(static member => member switch
        {
            IMethodSymbol { AssociatedSymbol: null, ExplicitInterfaceImplementations: { IsEmpty: false } methods } => methods.Any(IsOfMessage),
            IPropertySymbol { ExplicitInterfaceImplementations: { IsEmpty: false } properties } => properties.Any(IsOfMessage),
            _ => false,
        } && !member.IsGenerated());

    private static bool IsOfMessage(ISymbol member)
        => member.ContainingType.Is(Known.Root, "IMessage`1") || member.ContainingType.Is(Known.Root, "IMessage`2")
            || member.ContainingType.Is(Known.Root, "IInPlaceMessage`1");

    private static MessageKind Kind(INamedTypeSymbol type)
    {
        if (!type.IsValueType || (IsMessagePackObject(type) && !type.IsRefLikeType))
        {
            return MessageKind.MessagePack;
        }

        return type.IsRefLikeType && MessageState.Of(type).Any(static field => MemberAttributes.PartTypeOf(field.Type) is not null)
            ? MessageKind.View
            : MessageKind.FixedLayout;
    }
}
