using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace QContinuum.Generator.Tests.Support;

/// <summary>
/// A project of a user, in memory: their source, against the real runtime and MessagePack, with the generators run over it. No
/// <c>AllowUnsafe</c>; nullable on; documentation checked.
/// </summary>
internal static class UserProject
{
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    // One for all tests: what is derived from it shares its references, and with them what the compiler has read of them.
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "User",
        references: ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).StartsWith("QContinuum.Generator", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
        options: new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            warningLevel: 9999,
            // The two that the SDK turns off in every project: about versions of referenced assemblies.
            specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]));

    /// <summary>Compiles sources without the generators. Each becomes a file of its own: 0.cs, 1.cs, …</summary>
    public static CSharpCompilation Compile(params string[] sources)
        => Empty.AddSyntaxTrees(sources.Select(static (source, number) => Parse(source, $"{number}.cs")));

    /// <summary>The project with <c>AllowUnsafeBlocks</c>.</summary>
    public static CSharpCompilation AllowUnsafe(this CSharpCompilation user) => user.WithOptions(user.Options.WithAllowUnsafe(true));

    /// <summary>The project with <c>CheckForOverflowUnderflow</c>.</summary>
    public static CSharpCompilation CheckOverflow(this CSharpCompilation user) => user.WithOptions(user.Options.WithOverflowChecks(true));

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(SourceText.From(source), ParseOptions, path);

    public static GeneratorDriver CreateDriver()
        => CSharpGeneratorDriver.Create(
            [new HeaderGenerator().AsSourceGenerator(), new WireStructGenerator().AsSourceGenerator(), new MessageGenerator().AsSourceGenerator(), new ProcessorGenerator().AsSourceGenerator()],
            parseOptions: ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Compiles sources with what is generated for them.</summary>
    public static Generated Generate(params string[] sources) => Generate(Compile(sources));

    public static Generated Generate(CSharpCompilation user)
    {
        GeneratorDriver driver = CreateDriver().RunGeneratorsAndUpdateCompilation(user, out Compilation whole, out ImmutableArray<Diagnostic> reported);
        GeneratorDriverRunResult run = driver.GetRunResult();
        return new Generated(whole, run, [.. reported.Concat(run.Results.SelectMany(static result => result.Diagnostics))]);
    }
}

/// <summary>A project of a user after the generators ran.</summary>
/// <param name="Compilation">The user's files and the generated ones.</param>
/// <param name="Run">What the generators did.</param>
/// <param name="Reported">What the generators, or the compiler about them, reported.</param>
internal sealed record Generated(Compilation Compilation, GeneratorDriverRunResult Run, ImmutableArray<Diagnostic> Reported)
{
    /// <summary>Warnings and errors of the compiler, those for missing documentation in the user's own files apart.</summary>
    public Diagnostic[] Diagnostics => [.. Emitted.Result.Diagnostics
        .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
        .Where(diagnostic => diagnostic.Id != "CS1591" || IsGenerated(diagnostic))];

    public Diagnostic[] DiagnosticsInGeneratedFiles => [.. Diagnostics.Where(IsGenerated)];

    public Diagnostic[] ErrorsInUserFiles => [.. Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && !IsGenerated(diagnostic))];

    public string this[string hintName] => Run.Results
        .SelectMany(static result => result.GeneratedSources)
        .Single(source => source.HintName == hintName)
        .SourceText.ToString();

    public string[] HintNames => [.. Run.Results.SelectMany(static result => result.GeneratedSources).Select(static source => source.HintName)];

    /// <summary>Fails unless the whole compiles without a warning, and the generators said nothing.</summary>
    public Generated Clean()
    {
        Assert.Empty(Reported);
        Assert.Empty(Diagnostics);
        return this;
    }

    /// <summary>Loads the project and gives one of its types.</summary>
    public Type Load(string type)
    {
        Clean();
        return System.Reflection.Assembly.Load(Emitted.Assembly).GetType(type, throwOnError: true)!;
    }

    /// <summary>Loads the project together with one that it references, and gives one of its types.</summary>
    public Type LoadWith(Generated library, string type)
    {
        Clean();
        var context = new System.Runtime.Loader.AssemblyLoadContext(name: null);
        context.LoadFromStream(new MemoryStream(library.Emitted.Assembly));
        return context.LoadFromStream(new MemoryStream(Emitted.Assembly)).GetType(type, throwOnError: true)!;
    }

    /// <summary>The project as another one references it when it is built.</summary>
    public MetadataReference Image() => MetadataReference.CreateFromImage(Emitted.Assembly);

    private (EmitResult Result, byte[] Assembly) Emitted => field.Result is null ? field = Emit() : field;

    private (EmitResult Result, byte[] Assembly) Emit()
    {
        using var assembly = new MemoryStream();
        using var documentation = new MemoryStream();
        EmitResult result = Compilation.Emit(assembly, xmlDocumentationStream: documentation);
        return (result, assembly.ToArray());
    }

    private bool IsGenerated(Diagnostic diagnostic) => diagnostic.Location.SourceTree is { } tree && Run.GeneratedTrees.Contains(tree);
}
