using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Incremental;

/// <summary>Headers, wire structs, messages and requests in files of their own: what an edit of one makes of the others.</summary>
public sealed class An_edit_of_a_declaration_reaches_what_contains_it
{
    private const string Headers = """
        using QContinuum;
        namespace Game;

        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct Envelope([Length] ushort Length, [MessageId] byte Kind, [Correlation] byte Tag, byte Priority);

        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct Other([Length] ushort Length, [MessageId] byte Kind);
        """;

    private const string Structs = """
        using QContinuum;
        namespace Game;

        [WireStruct]
        public readonly partial record struct Point(short X, short Y);

        [WireStruct]
        public readonly partial record struct Colour(byte Red, byte Green);
        """;

    private const string Messages = """
        using QContinuum;
        namespace Game;

        [Message<Envelope>(1, Reply = typeof(Answer))]
        public readonly partial record struct Ask(int Number);

        [Message<Envelope>(2, IsReply = true)]
        public readonly partial record struct Answer(int Number);

        [Message(3)]
        public readonly partial record struct Segment(Point From, Point To);

        [Message<Other>(4)]
        public readonly partial record struct Paint(Colour Colour);
        """;

    private const string Unrelated = "namespace Game; public static class Unrelated { public static int Number => 1; }";

    private static readonly string[] Models =
        [TrackingNames.HeaderModels, TrackingNames.WireStructModels, TrackingNames.MessageModels];

    private static readonly string[] Files = [TrackingNames.HeaderFiles, TrackingNames.WireStructFiles, TrackingNames.MessageFiles];

    [Theory]
    [InlineData(Unrelated, "1", "2")]
    [InlineData(Unrelated, "public static class", "public static class New; public static class")]
    [InlineData(Headers, "namespace Game;", "// a comment\nnamespace Game;")]
    [InlineData(Headers, "ushort Length", "ushort   Length")]
    [InlineData(Structs, "namespace Game;", "namespace Game;\n\n")]
    [InlineData(Messages, "int Number", "int  Number")]
    public void Nothing_for_an_edit_that_no_generated_file_shows(string file, string find, string replace)
    {
        GeneratorDriverRunResult run = Edit(file, find, replace);
        foreach (string stage in Models.Concat(Files))
        {
            (object _, IncrementalStepRunReason Reason)[] outputs = run.Outputs(stage);
            Assert.NotEmpty(outputs);
            Assert.All(outputs, static output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
        }
    }

    [Fact]
    public void A_wire_struct_of_another_size_rewrites_the_messages_that_contain_it()
        => Assert.Equal(["Game.Point.WireStruct.g.cs", "Game.Segment.Message.g.cs"], Rewritten(Edit(Structs, "short Y", "int Y")));

    [Fact]
    public void A_wire_struct_of_the_same_size_is_rewritten_alone()
        => Assert.Equal(["Game.Point.WireStruct.g.cs"], Rewritten(Edit(Structs, "short Y", "ushort Y")));

    [Fact]
    public void The_byte_order_of_a_header_rewrites_its_messages()
        => Assert.Equal(
            ["Game.Answer.Message.g.cs", "Game.Ask.Message.g.cs", "Game.Envelope.Header.g.cs"],
            Rewritten(Edit(Headers, "[Header(ByteOrder.BigEndian)]\npublic readonly partial record struct Envelope", "[Header(ByteOrder.LittleEndian)]\npublic readonly partial record struct Envelope")));

    [Fact]
    public void A_free_field_of_a_header_rewrites_no_message()
        => Assert.Equal(["Game.Envelope.Header.g.cs"], Rewritten(Edit(Headers, "byte Priority", "ushort Priority")));

    [Fact]
    public void A_reply_of_another_name_rewrites_the_request()
        => Assert.Equal(["Game.Answer2.Message.g.cs", "Game.Ask.Message.g.cs"], Rewritten(Edit(Messages, "Answer", "Answer2")));

    private static GeneratorDriverRunResult Edit(string file, string find, string replace)
    {
        CSharpCompilation compilation = UserProject.Compile(Headers, Structs, Messages, Unrelated);
        GeneratorDriver driver = UserProject.CreateDriver().RunGenerators(compilation);
        SyntaxTree tree = compilation.SyntaxTrees.Single(candidate => candidate.ToString() == file);
        Assert.Contains(find, file, StringComparison.Ordinal);
        CSharpCompilation edited = compilation.ReplaceSyntaxTree(tree, UserProject.Parse(file.Replace(find, replace, StringComparison.Ordinal), tree.FilePath));
        return driver.RunGenerators(edited).GetRunResult();
    }

    private static string[] Rewritten(GeneratorDriverRunResult run)
        => [.. Files.SelectMany(run.Outputs)
            .Where(static output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified)
            .Select(static output => ((Emit.SourceFile)output.Value).HintName)
            .Order(StringComparer.Ordinal)];
}
