using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using QContinuum.CodeFixes;

namespace QContinuum.Analyzers.Tests.Testing;

/// <summary>All rules, fixers and suppressors that the assemblies hold, and the pages about them.</summary>
internal static class RuleBook
{
    /// <summary>The rules by the names of their descriptors.</summary>
    public static IReadOnlyDictionary<string, DiagnosticDescriptor> Rules { get; } = typeof(Descriptors).GetFields()
        .Where(static field => field.FieldType == typeof(DiagnosticDescriptor))
        .ToDictionary(static field => field.Name, static field => (DiagnosticDescriptor)field.GetValue(null)!);

    public static IReadOnlyList<DiagnosticAnalyzer> Analyzers { get; } = [.. Instances<DiagnosticAnalyzer>(typeof(Descriptors).Assembly)];

    public static IReadOnlyList<CodeFixProvider> Fixers { get; } = [.. Instances<CodeFixProvider>(typeof(MustBePartialFixer).Assembly)];

    public static IEnumerable<SuppressionDescriptor> Suppressions => Analyzers.OfType<DiagnosticSuppressor>().SelectMany(static suppressor => suppressor.SupportedSuppressions);

    public static string Read(string page) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", page));

    private static IEnumerable<T> Instances<T>(Assembly assembly) => assembly.GetTypes()
        .Where(static type => type.IsAssignableTo(typeof(T)) && !type.IsAbstract)
        .OrderBy(static type => type.Name, StringComparer.Ordinal)
        .Select(static type => (T)Activator.CreateInstance(type)!);
}
