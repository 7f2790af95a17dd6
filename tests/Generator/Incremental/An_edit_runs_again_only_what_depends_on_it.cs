using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Tests.Incremental;

public sealed class An_edit_runs_again_only_what_depends_on_it
{
    [Theory]
    [InlineData(Edits.Unrelated, "1", "2")]
    [InlineData(Edits.Unrelated, "public static class", "public static class New; public static class")]
    [InlineData(Edits.Messages, "namespace Game;", "// a comment\nnamespace Game;")]
    [InlineData(Edits.Messages, "int Entity", "int   Entity")]
    [InlineData(Edits.Chat, "= \"\"", "= \"text\"")]
    [InlineData(Edits.Chat, "public string Text;", "public   string Text;")]
    [InlineData(Edits.Lobby, "=> \"\"", "=> \"text\"")]
    [InlineData(Edits.Lobby, "namespace Game;", "namespace Game;\n\n")]
    public void Nothing_for_an_edit_that_no_generated_file_shows(string file, string find, string replace)
    {
        GeneratorDriverRunResult run = Edits.Edit(file, find, replace);

        foreach (string stage in Edits.Stages)
        {
            (object _, IncrementalStepRunReason Reason)[] outputs = run.Outputs(stage);
            Assert.NotEmpty(outputs);
            Assert.All(outputs, static output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
        }

        IncrementalStepRunReason[] written = [.. run.Results
            .SelectMany(static result => result.TrackedOutputSteps)
            .SelectMany(static step => step.Value)
            .SelectMany(static step => step.Outputs)
            .Select(static output => output.Reason)];
        Assert.NotEmpty(written);
        Assert.All(written, static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Empty(run.Rewritten());
    }

    [Fact]
    public void The_message_alone_for_a_member_of_another_name()
        => Assert.Equal(["Game.Move.Message.g.cs"], Edits.Edit(Edits.Messages, "float X", "float Z").Rewritten());

    [Fact]
    public void The_message_alone_for_a_type_of_the_same_size()
        => Assert.Equal(["Game.Move.Message.g.cs"], Edits.Edit(Edits.Messages, "float X", "uint X").Rewritten());

    [Fact]
    public void The_message_and_its_processor_for_another_size()
        => Assert.Equal(["Game.Lobby.Processor.g.cs", "Game.Move.Message.g.cs"], Edits.Edit(Edits.Messages, "float X", "double X").Rewritten());

    [Fact]
    public void The_message_and_its_processor_for_another_id()
        => Assert.Equal(["Game.Blob.Message.g.cs", "Game.Room.Processor.g.cs"], Edits.Edit(Edits.Messages, "Message(2)", "Message(20)").Rewritten());

    [Fact]
    public void The_processor_alone_for_another_handler()
        => Assert.Equal(["Game.Room.Processor.g.cs"], Edits.Edit(Edits.Lobby, "Room {", "Room { [Opened] private void Joined(Peer peer) { }").Rewritten());

    [Fact]
    public void The_message_alone_for_a_rule_that_it_no_longer_breaks()
        => Assert.Equal(["Game.Wrong.Message.g.cs"], Edits.Edit(Edits.Chat, "public string Text;", "public int Text;").Rewritten());

    [Fact]
    public void The_new_message_alone_for_a_new_one()
        => Assert.Equal(["Game.New.Message.g.cs"], Edits.Edit(Edits.Unrelated, "public static class", "[QContinuum.Message(9)] public partial record struct New; public static class").Rewritten());

    [Fact]
    public void The_header_alone_for_a_field_of_another_type()
        => Assert.Equal(["Game.Envelope.Header.g.cs"], Edits.Edit(Edits.Messages, "ushort Length", "uint Length").Rewritten());

    [Fact]
    public void The_request_and_its_reply_for_a_reply_of_another_kind()
        => Assert.Equal(
            ["Game.Answer.Message.g.cs", "Game.Question.Message.g.cs"],
            Edits.Edit(Edits.Messages, "partial record struct Answer(int Number);", "ref partial struct Answer { public readonly int Number; }").Rewritten());

    [Fact]
    public void The_reply_alone_for_another_member_of_it()
        => Assert.Equal(["Game.Answer.Message.g.cs"], Edits.Edit(Edits.Messages, "Answer(int Number)", "Answer(long Number)").Rewritten());

    [Fact]
    public void The_header_with_its_requests_and_processors_for_another_role()
        => Assert.Equal(
            ["Game.Desk.Processor.g.cs", "Game.Envelope.Header.g.cs", "Game.Question.Message.g.cs"],
            Edits.Edit(Edits.Messages, "[Correlation] ushort Tag", "ushort Tag").Rewritten());
}
