using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
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
/// public member without one, but only at run time.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ClassWithoutFormatFixer : NodeFixer<TypeDeclarationSyntax>
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.ClassWithoutFormat.Id];

    protected override string Title => "Add [MessagePackObject]";

    protected override bool CanFix(TypeDeclarationSyntax node, SemanticModel model, CancellationToken cancellation)
        => AttributeType(model, "MessagePackObject") is not null;

    protected override void Fix(DocumentEditor editor, TypeDeclarationSyntax node, CancellationToken cancellation)
    {
        ISymbol[] members = [.. editor.SemanticModel.GetDeclaredSymbol(node, cancellation)!.GetMembers().Where(IsPublicState)];
        if (!members.Any(static member => member.GetAttributes().Any(IsKey)))
        {
            NumberMembers(editor, members, cancellation);
        }

        editor.AddAttribute(node, Attribute(editor, "MessagePackObject"));
    }

    private static void NumberMembers(DocumentEditor editor, ISymbol[] members, CancellationToken cancellation)
    {
        int key = 0;
        foreach (ISymbol member in members)
        {
            SyntaxNode syntax = member.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
            if (syntax.SyntaxTree == editor.OriginalRoot.SyntaxTree && editor.Generator.GetDeclaration(syntax) is { } declaration)
            {
                AttributeSyntax attribute = IsComputed(member) ? Attribute(editor, "IgnoreMember") : Attribute(editor, "Key", key++);
                editor.AddAttribute(declaration, syntax is ParameterSyntax ? OnProperty(attribute) : attribute);
            }
        }
    }

    /// <summary>What MessagePack wants a key for, or to be told to ignore.</summary>
    private static bool IsPublicState(ISymbol member)
        => member is { IsStatic: false, DeclaredAccessibility: Accessibility.Public, DeclaringSyntaxReferences.IsEmpty: false }
            and (IFieldSymbol or IPropertySymbol { IsIndexer: false });

    private static bool IsKey(AttributeData attribute) => attribute.AttributeClass is { Name: "KeyAttribute", ContainingNamespace.Name: "MessagePack" };

    /// <summary>Whether a member is a property in which nothing can be stored.</summary>
    private static bool IsComputed(ISymbol member)
        => member is IPropertySymbol { SetMethod: null, ContainingType: { } type }
            && !type.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, member));

    private static AttributeSyntax Attribute(DocumentEditor editor, string name, int? argument = null)
    {
        var type = (NameSyntax)editor.Generator.TypeExpression(AttributeType(editor.SemanticModel, name)!);
        AttributeSyntax attribute = SyntaxFactory.Attribute(type.WithAdditionalAnnotations(Simplifier.AddImportsAnnotation));
        return argument is { } value
            ? attribute.AddArgumentListArguments(AttributeArgument((ExpressionSyntax)editor.Generator.LiteralExpression(value)))
            : attribute;
    }

    private static INamedTypeSymbol? AttributeType(SemanticModel model, string name)
        => model.Compilation.GetTypeByMetadataName($"MessagePack.{name}Attribute");

    /// <summary>A positional record declares its properties by parameters, where an attribute must say that it means the property.</summary>
    private static AttributeListSyntax OnProperty(AttributeSyntax attribute)
        => AttributeList([attribute]).WithTarget(AttributeTargetSpecifier(Token(SyntaxKind.PropertyKeyword)));
}
