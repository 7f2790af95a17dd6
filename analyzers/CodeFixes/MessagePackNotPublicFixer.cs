using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using QContinuum.Analyzers;

namespace QContinuum.CodeFixes;

/// <summary>QCT0031: makes a type public, and every type that contains it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MessagePackNotPublicFixer : NodeFixer<TypeDeclarationSyntax>
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.MessagePackNotPublic.Id];

    protected override string Title => "Make public";

    protected override void Fix(DocumentEditor editor, TypeDeclarationSyntax node, CancellationToken cancellation)
    {
        foreach (TypeDeclarationSyntax type in node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>())
        {
            editor.SetAccessibility(type, Accessibility.Public);
        }
    }
}
