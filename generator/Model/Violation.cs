using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace QContinuum.Generator.Model;

/// <summary>A rule that a declaration breaks: found by the builders of the models, reported by the analyzers.</summary>
/// <param name="Rule">One of <see cref="RuleIds"/>.</param>
/// <param name="Location">Where; always within a declaration of the type that was built.</param>
/// <param name="Arguments">The arguments of the rule's message, in the order that <see cref="RuleIds"/> states.</param>
internal sealed record Violation(string Rule, LocationInfo Location, EquatableArray<string> Arguments);

/// <summary>A place in a source file, as a value: a <see cref="Location"/> would keep a whole compilation alive.</summary>
internal readonly record struct LocationInfo(string FilePath, TextSpan Span)
{
    public static LocationInfo Of(Location location) => new(location.SourceTree?.FilePath ?? "", location.SourceSpan);

    /// <summary>The place in the tree that it came from, so that a <c>#pragma</c> there applies.</summary>
    /// <param name="declared">The type whose declaration was built.</param>
    public Location ToLocation(ISymbol declared)
    {
        foreach (SyntaxReference declaration in declared.DeclaringSyntaxReferences)
        {
            if (declaration.SyntaxTree.FilePath == FilePath && Span.End <= declaration.SyntaxTree.Length)
            {
                return Location.Create(declaration.SyntaxTree, Span);
            }
        }

        return Location.None;
    }
}
