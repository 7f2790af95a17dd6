using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Incremental;

/// <summary>A project of several files, an edit of one of them, and what the generators did again because of it.</summary>
internal static class Edits
{
    public const string Messages = """
        using QContinuum;

        namespace Game;

        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct Envelope([Length] ushort Length, [Correlation] ushort Tag, [MessageId] byte Kind);

        [Message<Envelope>(1, Reply = typeof(Answer))]
        public readonly partial record struct Question(int Number);

        [Message<Envelope>(2, IsReply = true)]
        public readonly partial record struct Answer(int Number);

        [Message(1)]
        public readonly partial record struct Move(int Entity, float X);

        [Message(2)]
        public readonly ref partial struct Blob
        {
            public readonly uint Crc;
            [Tail] public readonly System.ReadOnlySpan<byte> Data;
        }
        """;

    public const string Chat = """
        namespace Game;

        [QContinuum.Message(3), MessagePack.MessagePackObject]
        public sealed partial class Chat { [MessagePack.Key(0)] public string Text { get; init; } = ""; }

        [QContinuum.Message(4)]
        public partial struct Wrong { public string Text; }
        """;

    public const string Lobby = """
        using QContinuum;

        namespace Game;

        [Processor]
        public sealed partial class Lobby
        {
            [Opened] private string Joined(Peer peer) => "";
            [Handles] private void On(Peer peer, string state, Move.Reader move) => peer.Send(move.ToMessage());
            [Handles] private void On(Peer peer, Chat chat) { }
            [Unhandled] private void Other(Peer peer, in MessageHeader header, System.ReadOnlySpan<byte> body) { }
            [Closed] private void Left(Peer peer) { }
        }

        [Processor]
        public sealed partial class Room { [Handles] private void On(Peer peer, Blob blob) { } }

        [Processor<Envelope>]
        public sealed partial class Desk { [Handles] private Answer On(Peer peer, in Question question) => new(question.Number); }
        """;

    public const string Unrelated = "namespace Game; public static class Unrelated { public static int Number => 1; }";

    public static string[] Stages { get; } =
        [TrackingNames.HeaderModels, TrackingNames.HeaderFiles, TrackingNames.MessageModels, TrackingNames.MessageFiles, TrackingNames.ProcessorModels, TrackingNames.ProcessorFiles];

    /// <summary>Runs the generators, edits, runs them again, and gives the second run.</summary>
    public static GeneratorDriverRunResult Edit(string file, string find, string replace)
    {
        CSharpCompilation compilation = UserProject.Compile(Messages, Chat, Lobby, Unrelated);
        GeneratorDriver driver = UserProject.CreateDriver().RunGenerators(compilation);
        SyntaxTree tree = compilation.SyntaxTrees.Single(candidate => candidate.ToString() == file);
        Assert.Contains(find, file, StringComparison.Ordinal);
        CSharpCompilation edited = compilation.ReplaceSyntaxTree(tree, UserProject.Parse(file.Replace(find, replace, StringComparison.Ordinal), tree.FilePath));
        return driver.RunGenerators(edited).GetRunResult();
    }

    /// <summary>The outputs of a stage, by what became of them.</summary>
    public static (object Value, IncrementalStepRunReason Reason)[] Outputs(this GeneratorDriverRunResult run, string stage)
        => [.. run.Results
            .SelectMany(static result => result.TrackedSteps)
            .Where(step => step.Key == stage)
            .SelectMany(static step => step.Value)
            .SelectMany(static step => step.Outputs)];

    /// <summary>The files that were written anew, by their hint names.</summary>
    public static string[] Rewritten(this GeneratorDriverRunResult run)
        => [.. run.Outputs(TrackingNames.MessageFiles)
            .Concat(run.Outputs(TrackingNames.ProcessorFiles))
            .Concat(run.Outputs(TrackingNames.HeaderFiles))
            .Where(static output => output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged))
            .Select(static output => ((Emit.SourceFile)output.Value).HintName)
            .Order(StringComparer.Ordinal)];
}
