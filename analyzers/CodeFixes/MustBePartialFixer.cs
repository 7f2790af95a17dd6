using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using QContinuum.Analyzers;

namespace QContinuum.CodeFixes;

/// <summary>QCT0001: adds <c>partial</c> to a type and to every type that contains it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MustBePartialFixer : NodeFixer<TypeDeclarationSyntax>
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.MustBePartial.Id];

    protected override string Title => "Make partial";

    protected override void Fix(DocumentEditor editor, TypeDeclarationSyntax node, CancellationToken cancellation)
    {
        foreach (TypeDeclarationSyntax type in node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>())
        {
            editor.SetModifiers(type, editor.Generator.GetModifiers(type).WithPartial(true));
        }
    }
}
