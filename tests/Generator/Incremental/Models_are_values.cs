using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using QContinuum.Generator.Model;
using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Incremental;

public sealed class Models_are_values
{
    private static readonly string[] Sources = [Edits.Messages, Edits.Chat, Edits.Lobby];

    [Fact]
    public void Equal_sources_make_equal_models()
    {
        foreach (string stage in Edits.Stages)
        {
            object[] one = Values(stage);
            object[] other = Values(stage);

            Assert.NotEmpty(one);
            Assert.Equal(one, other);
            Assert.Equal(one.Select(static value => value.GetHashCode()), other.Select(static value => value.GetHashCode()));
            Assert.All(one.Zip(other), static pair => Assert.NotSame(pair.First, pair.Second));
        }
    }

    [Fact]
    public void Models_hold_nothing_of_the_compiler()
    {
        foreach (object value in Edits.Stages.SelectMany(Values))
        {
            Assert.Null(FindForbidden(value));
        }
    }

    [Fact]
    public void Violations_hold_nothing_of_the_compiler()
    {
        Compilation compilation = UserProject.Generate(Edits.Chat).Compilation;
        INamedTypeSymbol wrong = compilation.GetTypeByMetadataName("Game.Wrong")!;
        EquatableArray<Violation> violations = MessageModelBuilder.Build(wrong, compilation, default).Violations;

        Assert.Equal(1, violations.Count);
        Assert.Null(FindForbidden(violations));
    }

    [Fact]
    public void The_walk_finds_what_it_looks_for()
    {
        Compilation compilation = UserProject.Compile(Edits.Chat);
        SyntaxTree tree = compilation.SyntaxTrees.First();

        Assert.NotNull(FindForbidden(new Holder([compilation])));
        Assert.NotNull(FindForbidden(new Holder([compilation.GetTypeByMetadataName("Game.Chat")!])));
        Assert.NotNull(FindForbidden(new Holder([tree])));
        Assert.NotNull(FindForbidden(new Holder([tree.GetRoot()])));
        Assert.NotNull(FindForbidden(new Holder([Location.Create(tree, default)])));
        Assert.Null(FindForbidden(new Holder(["text", 1, new LocationInfo("path", new TextSpan(1, 2))])));
    }

    [Fact]
    public void Arrays_are_equal_by_their_items()
    {
        EquatableArray<string> array = Of("a", "b");

        Assert.Equal(array, Of("a", "b"));
        Assert.Equal(array.GetHashCode(), Of("a", "b").GetHashCode());
        Assert.NotEqual(array, Of("b", "a"));
        Assert.NotEqual(array, Of("a"));
        Assert.Equal(default, Of());

        static EquatableArray<string> Of(params string[] items) => items.ToEquatableArray();
    }

    private static object[] Values(string stage)
        => [.. UserProject.Generate(Sources).Run.Outputs(stage).Select(static output => output.Value)];

    /// <summary>Walks everything that can be reached from a value.</summary>
    private static object? FindForbidden(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object>([root]);
        while (open.TryPop(out object? value))
        {
            if (value is ISymbol or SyntaxNode or SyntaxTree or SyntaxToken or Compilation or SemanticModel or Location or AttributeData or SyntaxReference)
            {
                return value;
            }

            Type type = value.GetType();
            if (value is string || type.IsPrimitive || type.IsEnum || !seen.Add(value))
            {
                continue;
            }

            IEnumerable<object?> next = value is IEnumerable items
                ? items.Cast<object?>()
                : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(field => field.GetValue(value));
            foreach (object item in next.OfType<object>())
            {
                open.Push(item);
            }
        }

        return null;
    }

    private sealed record Holder(object[] Items);
}
