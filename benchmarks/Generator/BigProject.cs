using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace QContinuum.Benchmarks.Generator;

/// <summary>A project of a user that has grown: 1,000 messages in 100 files, 50 processors that handle 20 of them each, and 100 files of other code.</summary>
internal static class BigProject
{
    public const int Messages = 1000;

    public const int Processors = 50;

    private const int MessagesPerFile = 10;

    private const int OtherFiles = 100;

    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    public static CSharpCompilation Create()
    {
        IEnumerable<SyntaxTree> trees =
        [
            Parse(Header, "Header.cs"),
            .. Enumerable.Range(0, Messages / MessagesPerFile).Select(static file => Parse(MessagesOf(file), $"Messages{file}.cs")),
            .. Enumerable.Range(0, Processors).Select(static number => Parse(ProcessorOf(number), $"Processor{number}.cs")),
            .. Enumerable.Range(0, OtherFiles).Select(static number => Parse($"namespace Big; public static class Other{number} {{ public static int Answer => 42; }}", $"Other{number}.cs")),
        ];
        return CSharpCompilation.Create(
            "Big",
            trees,
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Where(static path => !Path.GetFileName(path).Contains("Generator", StringComparison.Ordinal))
                .Select(static path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    public static GeneratorDriver CreateDriver()
        => CreateDriver(typeof(QContinuum.Generator.MessageGenerator).Assembly.GetTypes()
            .Where(static type => typeof(IIncrementalGenerator).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(static type => (IIncrementalGenerator)Activator.CreateInstance(type)!));

    public static GeneratorDriver CreateDriver(params IEnumerable<IIncrementalGenerator> generators)
        => CSharpGeneratorDriver.Create(
            generators.Select(static generator => generator.AsSourceGenerator()),
            parseOptions: s_parseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Edits one file.</summary>
    public static CSharpCompilation Edit(CSharpCompilation project, string path, string find, string replace)
    {
        SyntaxTree tree = project.SyntaxTrees.Single(candidate => candidate.FilePath == path);
        string text = tree.ToString();
        if (!text.Contains(find, StringComparison.Ordinal))
        {
            throw new ArgumentException($"{path} has no '{find}'.", nameof(find));
        }

        return project.ReplaceSyntaxTree(tree, Parse(text.Replace(find, replace, StringComparison.Ordinal), path));
    }

    private const string Header = """
        using QContinuum;

        namespace Big;

        [Header(ByteOrder.BigEndian, MaxFrame = 65536)]
        public readonly partial record struct BigHeader(
            [Constant(0xB16)] ushort Magic,
            [Bits(4)] byte Version,
            [Bits(3)] byte Priority,
            [Bits(1), ReplyFlag] bool IsReply,
            [MessageId] uint Id,
            [Correlation] uint Sequence,
            [Length] uint Length);
        """;

    private static string MessagesOf(int file)
    {
        var text = new StringBuilder("using System;\nusing QContinuum;\n\nnamespace Big;\n");
        for (int index = 0; index < MessagesPerFile; index++)
        {
            int id = (file * MessagesPerFile) + index;
            text.Append('\n').Append(CultureInfo.InvariantCulture, $"""
                [Message<BigHeader>({id})]
                {(index % 2 == 0
                    ? $"public readonly partial record struct Message{id}(int A, ushort B, float C, long D, byte E, bool F, double G, uint H);"
                    : $"public readonly ref partial struct Message{id} {{ public readonly uint A; public readonly ushort B; [Tail] public readonly ReadOnlySpan<byte> C; }}")}

                """);
        }

        return text.Append('\n').ToString();
    }

    private static string ProcessorOf(int number)
    {
        const int HandlersPerProcessor = Messages / Processors;
        var text = new StringBuilder($"using QContinuum;\n\nnamespace Big;\n\n[Processor<BigHeader>]\npublic sealed partial class Processor{number}\n{{\n");
        for (int index = 0; index < HandlersPerProcessor; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    [Handles] private void On(Peer peer, Message{(number * HandlersPerProcessor) + index} message) {{ }}\n");
        }

        return text.Append("}\n").ToString();
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(SourceText.From(text), s_parseOptions, path);
}
