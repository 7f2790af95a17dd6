namespace QContinuum.Samples.Tests;

public sealed class Chat_refuses_what_is_out_of_bounds
{
    private const string Rule = "a name is letters, the marks of their script, digits and punctuation";

    [Fact]
    public async Task A_nick_that_is_taken()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        await using Sample ada = await server.JoinAsync("ada");
        await using Sample other = Sample.Start("Chat", "join", "Ada", "--server", server.Endpoint);
        (int code, string output, _) = await other.EndAsync();
        Assert.Equal((1, "! the nick Ada is taken\n"), (code, output));
    }

    [Theory]
    [InlineData("alice\uFE0F", "U+FE0F (it cannot be seen)")]
    [InlineData("alice\u034F", "U+034F (it cannot be seen)")]
    [InlineData("\u3164", "U+3164 (it cannot be seen)")]
    [InlineData("\uFFA0\uFFA0", "U+FFA0 (it cannot be seen)")]
    [InlineData("al\U000E0101ice", "U+E0101 (it cannot be seen)")]
    [InlineData("\u0301", $"U+0301 ({Rule})")]
    [InlineData("alice\u0301", $"U+0301 ({Rule})")]
    [InlineData("\u0651", $"U+0651 ({Rule})")]
    [InlineData("1\u0651", $"U+0651 ({Rule})")]
    [InlineData("\u2800", $"U+2800 ({Rule})")]
    [InlineData("\uE000", $"U+E000 ({Rule})")]
    public async Task Names_that_look_like_nothing_or_like_another(string nick, string what)
    {
        // Were the nick a good one, the next complaint would be that --room needs a value.
        await using Sample chat = Sample.Start("Chat", "join", nick, "--room");
        (int code, _, string error) = await chat.EndAsync();
        Assert.Equal(2, code);
        Assert.StartsWith($"chat: a nick cannot have {what} in it\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task But_not_the_names_of_other_scripts_unless_they_differ_from_another_in_marks_alone()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        await using Sample ada = await server.JoinAsync("ada");
        foreach (string nick in (string[])["[ada]|away", "\u00E9mile", "\u0939\u093F\u0928\u094D\u0926\u0940", "\u05D0\u05B8\u05D1", "c++", "ada"])
        {
            await ada.TypeAsync($"/nick {nick}");
            await ada.LineWithAsync($"* you are {nick} now");
        }

        await using Sample other = Sample.Start("Chat", "join", "Ada\u0651", "--server", server.Endpoint);
        (int code, string output, _) = await other.EndAsync();
        Assert.Equal((1, "! the nick Ada\u0651 is taken\n"), (code, output));
    }

    [Fact]
    public async Task Lines_and_says_why()
    {
        (string Line, string Answer)[] refused =
        [
            ("red \e[31malert", "! a text cannot have U+001B (a control character) in it"),
            ("turned \u202Earound", "! a text cannot have U+202E (it turns or breaks the line) in it"),
            ("not \uFFFD text", "! a text cannot have U+FFFD (what is no character) in it"),
            (new string('t', 2001), "! a text has at most 2000 characters, and this has 2001"),
            ($"/tell ada {new string('t', 2001)}", "! a text has at most 2000 characters, and this has 2001"),
            ("/nick ad\u200Ba", "! a nick cannot have U+200B (it cannot be seen) in it"),
            ($"/nick {new string('n', 25)}", "! a nick has 1 to 24 characters and no spaces"),
            ($"/join {new string('r', 33)}", "! a room's name has 1 to 32 characters and no spaces"),
            ("/join LOBBY", "! you are in lobby already"),
            ("/dance", "! there is no '/dance': /help tells what there is"),
            ("/", "! there is no '/': /help tells what there is"),
            ("/tell", "! it is: /tell NICK TEXT"),
            ("/tell ada", "! it is: /tell NICK TEXT"),
            ("/join", "! it is: /join ROOM"),
            ("/join a b", "! it is: /join ROOM"),
            ("/nick ada lovelace", "! it is: /nick NICK"),
            ("/leave now", "! it is: /leave"),
        ];
        await using ChatServer server = await ChatServer.StartAsync();
        await using Sample ada = await server.JoinAsync("ada");
        foreach ((string line, string answer) in refused)
        {
            await ada.TypeAsync(line);
            Assert.Equal(answer, await ada.LineAsync());
        }
    }

    [Theory]
    [InlineData("say 'serve' or 'join'")]
    [InlineData("unknown command 'sing'", "sing")]
    [InlineData("join needs a nick", "join")]
    [InlineData("a nick has 1 to 24 characters and no spaces", "join", "a b")]
    [InlineData("unknown option '--prot'", "serve", "--prot", "1")]
    [InlineData("--port takes a number from 0 to 65535, not '65536'", "serve", "--port", "65536")]
    [InlineData("--room needs a value", "join", "ada", "--room")]
    [InlineData("--server takes HOST:PORT, not 'nowhere'", "join", "ada", "--server", "nowhere")]
    public async Task Options_that_are_bad(string complaint, params string[] arguments)
    {
        await using Sample chat = Sample.Start("Chat", arguments);
        (int code, string output, string error) = await chat.EndAsync();
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(complaint, error, StringComparison.Ordinal);
    }
}
