using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace QContinuum.Interop.Tests;

/// <summary>
/// Finds where a source file takes bytes apart by hand: by the classes made for it, by slices and ranges, or by an index into bytes. Spans and
/// arrays of bytes are known by what they are declared as, in any file of the sample: as far as syntax shows.
/// </summary>
internal static class ByteArithmetic
{
    private static readonly HashSet<string> Tools = ["BinaryPrimitives", "BitConverter", "MemoryMarshal", "Unsafe", "Slice"];

    private static readonly HashSet<string> Spans = ["Span", "ReadOnlySpan", "Memory", "ReadOnlyMemory"];

    private static readonly HashSet<string> Makers = ["AsSpan", "AsMemory", "ToArray"];

    /// <summary>What there is of it in the files of a sample, by file.</summary>
    /// <param name="files">Each file's name and text.</param>
    public static IEnumerable<(string File, string What)> Find(IReadOnlyDictionary<string, string> files)
    {
        Dictionary<string, SyntaxNode> roots = files.ToDictionary(file => file.Key, file => CSharpSyntaxTree.ParseText(file.Value).GetRoot());
        HashSet<string> bytes = [.. roots.Values.SelectMany(root => root.DescendantNodes()).SelectMany(NamesOfBytes)];
        return from root in roots
               from node in root.Value.DescendantNodes()
               let what = Finding(node, bytes)
               where what is not null
               select (root.Key, what);
    }

    private static string? Finding(SyntaxNode node, HashSet<string> bytes) => node switch
    {
        SimpleNameSyntax name when Tools.Contains(name.Identifier.ValueText) => name.Identifier.ValueText,
        RangeExpressionSyntax { Parent: ArgumentSyntax { Parent: BracketedArgumentListSyntax } } => "range",
        ElementAccessExpressionSyntax { ArgumentList.Arguments: [{ Expression: not RangeExpressionSyntax }] } access
            when IsBytes(access.Expression, bytes) => "index",
        ConditionalAccessExpressionSyntax { WhenNotNull: ElementBindingExpressionSyntax } access when IsBytes(access.Expression, bytes) => "index",
        UnsafeStatementSyntax or FixedStatementSyntax or PointerTypeSyntax => "pointer",
        _ => null,
    };

    private static bool IsBytes(ExpressionSyntax expression, HashSet<string> bytes) => expression switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => IsBytes(inner, bytes),
        PostfixUnaryExpressionSyntax { Operand: var inner } => IsBytes(inner, bytes),
        IdentifierNameSyntax name => bytes.Contains(name.Identifier.ValueText),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => bytes.Contains(name),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } => Makers.Contains(name),
        _ => MakesBytes(expression),
    };

    private static IEnumerable<string> NamesOfBytes(SyntaxNode node) => node switch
    {
        VariableDeclarationSyntax declaration => declaration.Variables
            .Where(variable => IsBytesType(declaration.Type) || (variable.Initializer is { Value: var value } && MakesBytes(value)))
            .Select(variable => variable.Identifier.ValueText),
        ParameterSyntax { Type: { } type } parameter when IsBytesType(type) => [parameter.Identifier.ValueText],
        PropertyDeclarationSyntax property when IsBytesType(property.Type) => [property.Identifier.ValueText],
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax name } declaration when IsBytesType(declaration.Type)
            => [name.Identifier.ValueText],
        _ => [],
    };

    private static bool IsBytesType(TypeSyntax type) => type switch
    {
        NullableTypeSyntax { ElementType: var inner } => IsBytesType(inner),
        RefTypeSyntax { Type: var inner } => IsBytesType(inner),
        ScopedTypeSyntax { Type: var inner } => IsBytesType(inner),
        QualifiedNameSyntax { Right: var inner } => IsBytesType(inner),
        ArrayTypeSyntax { ElementType: PredefinedTypeSyntax element } => element.Keyword.IsKind(SyntaxKind.ByteKeyword),
        GenericNameSyntax generic => Spans.Contains(generic.Identifier.ValueText),
        _ => false,
    };

    private static bool MakesBytes(ExpressionSyntax value) => value switch
    {
        StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax => true,
        ArrayCreationExpressionSyntax { Type: var type } => IsBytesType(type),
        CastExpressionSyntax { Type: var type } => IsBytesType(type),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } => Makers.Contains(name),
        _ => false,
    };
}
