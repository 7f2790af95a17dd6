using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;
using QContinuum.Analyzers;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace QContinuum.CodeFixes;

/// <summary>
/// QCT0030: adds <c>[MessagePackObject]</c> to a class. Where no member has a <c>[Key]</c> yet, it numbers them too: MessagePack refuses a
/// member without one, but only at run time.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ClassWithoutFormatFixer : CodeFixProvider
{
    private const string Title = "Add [MessagePackObject]";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.ClassWithoutFormat.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.FindNodeAsync<TypeDeclarationSyntax>().ConfigureAwait(false) is { } declaration
            && await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is { } model
            && model.Compilation.GetTypeByMetadataName("MessagePack.MessagePackObjectAttribute") is not null)
        {
            context.RegisterCodeFix(
                CodeAction.Create(Title, cancellation => AddAsync(context.Document, declaration, cancellation), equivalenceKey: Title),
                context.Diagnostics);
        }
    }

    private static async Task<Document> AddAsync(Document document, TypeDeclarationSyntax declaration, CancellationToken cancellation)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        if (editor.SemanticModel.GetDeclaredSymbol(declaration, cancellation) is not { } type)
        {
            return document;
        }

        ISymbol[] members = [.. type.GetMembers().Where(IsPublicState)];
        if (!members.Any(static member => member.GetAttributes().Any(IsKey)))
        {
            await NumberAsync(editor, members, cancellation).ConfigureAwait(false);
        }

        editor.AddAttribute(declaration, Attribute(editor, "MessagePackObject"));
        return editor.GetChangedDocument();
    }

    private static async Task NumberAsync(DocumentEditor editor, ISymbol[] members, CancellationToken cancellation)
    {
        int key = 0;
        foreach (ISymbol member in members)
        {
            SyntaxNode syntax = await member.DeclaringSyntaxReferences[0].GetSyntaxAsync(cancellation).ConfigureAwait(false);
            if (syntax.SyntaxTree == editor.OriginalRoot.SyntaxTree && editor.Generator.GetDeclaration(syntax) is { } memberDeclaration)
            {
                AttributeSyntax attribute = IsComputed(member) ? Attribute(editor, "IgnoreMember") : Attribute(editor, "Key", key++);
                editor.AddAttribute(memberDeclaration, OnProperty(attribute, syntax));
            }
        }
    }

    /// <summary>What MessagePack wants a key for, or to be told to ignore.</summary>
    private static bool IsPublicState(ISymbol member)
        => member is { IsStatic: false, DeclaredAccessibility: Accessibility.Public } and (IFieldSymbol or IPropertySymbol { IsIndexer: false })
            && !member.DeclaringSyntaxReferences.IsEmpty;

    private static bool IsKey(AttributeData attribute) => attribute.AttributeClass is { Name: "KeyAttribute", ContainingNamespace.Name: "MessagePack" };

    /// <summary>A property that nothing can be stored in.</summary>
    private static bool IsComputed(ISymbol member)
        => member is IPropertySymbol { SetMethod: null } property
            && !property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => field.AssociatedSymbol?.Equals(property, SymbolEqualityComparer.Default) == true);

    private static AttributeSyntax Attribute(DocumentEditor editor, string name, int? argument = null)
    {
        INamedTypeSymbol type = editor.SemanticModel.Compilation.GetTypeByMetadataName($"MessagePack.{name}Attribute")!;
        var typeName = (NameSyntax)editor.Generator.TypeExpression(type).WithAdditionalAnnotations(Simplifier.AddImportsAnnotation, Simplifier.Annotation);
        AttributeSyntax attribute = SyntaxFactory.Attribute(typeName);
        return argument is { } value ? attribute.AddArgumentListArguments(AttributeArgument((ExpressionSyntax)editor.Generator.LiteralExpression(value))) : attribute;
    }

    /// <summary>The property of a positional record is declared by its parameter, where an attribute must say that it means the property.</summary>
    private static SyntaxNode OnProperty(AttributeSyntax attribute, SyntaxNode member) => member is ParameterSyntax
        ? AttributeList([attribute]).WithTarget(AttributeTargetSpecifier(Token(SyntaxKind.PropertyKeyword)))
        : attribute;
}
