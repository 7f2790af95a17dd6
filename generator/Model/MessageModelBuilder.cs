using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace QContinuum.Generator.Model;

/// <summary>Reads a type with [Message] into its model.</summary>
internal static class MessageModelBuilder
{
    /// <summary>Reads a type.</summary>
    /// <param name="type">The type; it need not carry [Message].</param>
    /// <param name="compilation">The compilation that it belongs to.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>The model, null where nothing can be generated; and all rules that the declaration breaks.</returns>
    public static (MessageModel? Model, EquatableArray<Violation> Violations) Build(
        INamedTypeSymbol type,
        Compilation compilation,
        CancellationToken token)
    {
        if (type.TypeKind is not (TypeKind.Struct or TypeKind.Class) || MessageDeclaration.Of(type) is not { } declaration)
        {
            return default;
        }

        var violations = new Violations();
        Location location = Symbols.DeclarationLocation(declaration.Attribute, type, token);
        bool canBeExtended = TypeModelBuilder.CanBeExtended(type, location, violations, token);
        MessageRules.CheckType(type, location, violations);
        if (MessageShapeBuilder.Build(type) is not { } shape || !canBeExtended)
        {
            return (null, violations.ToArray());
        }

        HeaderRules.CheckIsHeader(declaration.Header, type.ShortName(), location, violations);
        MessageRules.CheckId(declaration, shape, location, violations, token);
        MessageRules.CheckByteOrder(type, location, violations);
        token.ThrowIfCancellationRequested();
        MessageModel model = shape.Kind == MessageKind.MessagePack
            ? BuildMessagePack(type, shape, compilation, location, violations)
            : BuildLayout(type, shape, declaration, AllowsUnsafe(compilation), location, violations, token);
        RequestModel? request = RequestModelBuilder.Build(type, declaration, location, violations);
        return (model with { Request = request, BrokenRule = violations.FirstRule ?? BrokenHeader(declaration) }, violations.ToArray());
    }

    // What breaks the header breaks its messages: nothing is generated that they could be bound to.
    private static string? BrokenHeader(MessageDeclaration declaration) => HeaderFacts.IsUsable(declaration.Header) ? null : RuleIds.MustBePartial;

    /// <summary>Whether the project allows unsafe code: what reads a fixed buffer is.</summary>
    public static bool AllowsUnsafe(Compilation compilation) => compilation.Options is Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions { AllowUnsafe: true };

    /// <summary>Puts the members of a message or wire struct together with how a value is made of them.</summary>
    public static LayoutModel BuildLayout(INamedTypeSymbol type, IFieldSymbol[] state, MemberModel[] members, bool isPositional, int size, bool isExtensible)
    {
        var hidden = new Construction(isPositional, Exposure.Hidden, SetsRequiredMembers: false);
        var layout = new LayoutModel(TypeModelBuilder.Build(type), members.ToEquatableArray(), hidden, size, isExtensible);
        MemberModel[] chosen = [.. layout.Chosen];
        IFieldSymbol[] free = [.. state.Where(field => chosen.Any(member => member.Name == Symbols.Escape(MessageState.Declared(field).Name)))];
        bool isDeclared = type.InstanceConstructors.Any(
            constructor => !constructor.IsGenerated() && !constructor.IsImplicitlyDeclared && TakesTypesOf(constructor, free));
        Exposure exposure = isDeclared || free.Length == 0 || (isPositional && free.Length == state.Length)
            ? Exposure.Hidden
            : free.Min(field => Accessibilities.Limit(field.Type, type));
        return layout with { Construction = new Construction(isPositional, exposure, state.Any(MessageState.IsRequired)) };
    }

    private static MessageModel BuildMessagePack(
        INamedTypeSymbol type,
        MessageShape shape,
        Compilation compilation,
        Location location,
        Violations violations)
    {
        MessageRules.CheckMessagePack(type, shape, compilation, location, violations);
        LayoutRules.CheckTails(type, violations);
        var construction = new Construction(IsPositional: false, Exposure.Hidden, SetsRequiredMembers: false);
        var layout = new LayoutModel(TypeModelBuilder.Build(type), Members: default, construction, Size: 0, IsExtensible: false);
        return new MessageModel(layout, shape, Request: null, BrokenRule: null);
    }

    private static MessageModel BuildLayout(
        INamedTypeSymbol type,
        MessageShape shape,
        MessageDeclaration declaration,
        bool allowsUnsafe,
        Location location,
        Violations violations,
        CancellationToken token)
    {
        IMethodSymbol? primary = MessageState.PrimaryConstructor(type, token);
        bool isPositional = primary is not null && type.IsRecord;
        IFieldSymbol[] state = isPositional ? MessageState.InOrderOfParameters(primary!, type) : MessageState.InOrderOfSource(type);

        LayoutRules.CheckLayout(type, primary, location, violations, token);
        LayoutRules.CheckTails(type, violations);
        LayoutRules.CheckNames(type, state, shape.Kind, violations);
        if (MessageShapeBuilder.IsMessagePackObject(type))
        {
            violations.Add(RuleIds.MessagePackRefStruct, location, shape.Name);
        }

        MemberModel[] members = [.. new MemberBuilder(type, state, IsBigEndian(type, declaration), type.IsRefLikeType, declaration.HeaderSymbol).Build()];
        MemberRules.Check(type, state, members, allowsUnsafe, isInWireStruct: false, violations);
        LayoutModel layout = BuildLayout(type, state, members, isPositional, shape.Size, declaration.Extensible);
        LayoutRules.CheckReadingConstructor(type, layout, shape, violations);
        MessageRules.CheckFitsHeader(layout, shape, declaration, location, violations);
        return new MessageModel(layout, shape, Request: null, BrokenRule: null);
    }

    private static bool IsBigEndian(INamedTypeSymbol type, MessageDeclaration declaration)
        => type.Has(Known.BigEndianAttribute) || (!type.Has(Known.LittleEndianAttribute) && HeaderFacts.Of(declaration.Header).IsBigEndian);

    private static bool TakesTypesOf(IMethodSymbol constructor, IFieldSymbol[] state)
        => constructor.Parameters
            .Select(static parameter => parameter.Type)
            .SequenceEqual(state.Select(static field => field.Type), SymbolEqualityComparer.Default);
}
