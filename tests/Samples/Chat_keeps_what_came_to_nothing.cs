namespace QContinuum.Samples.Tests;

public sealed class Chat_keeps_what_came_to_nothing
{
    private const string Backspace = "\x7F";
    private const string ControlC = "\x03";
    private const string Enter = "\r";

    [Fact]
    public async Task In_the_line_where_it_was_typed_when_the_server_is_gone()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        await using Sample ada = await JoinAsync(server);
        await server.Process.SignalAsync("KILL");
        await ada.OutputToAsync("the server is gone");

        await ada.PressAsync($"anyone?{Enter}");

        await ada.OutputToAsync("! not sent: there is no connection to the server");
        await ada.OutputToAsync("> anyone?");
    }

    [Fact]
    public async Task And_when_it_is_too_long()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        await using Sample ada = await JoinAsync(server);

        await ada.PressAsync($"{new string('y', 2001)}{Enter}");
        await ada.OutputToAsync("! a text has at most 2000 characters, and this has 2001");
        await ada.PressAsync($"{Backspace}{Enter}");

        await ada.OutputToAsync($"<ada> {new string('y', 2000)}");
    }

    /// <summary>What the shell writes next begins a line of its own.</summary>
    [Fact]
    public async Task But_not_when_it_is_interrupted()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        await using Sample ada = await JoinAsync(server);
        await ada.PressAsync("half a line");
        await ada.OutputToAsync("> half a line");

        await ada.PressAsync(ControlC);

        (int code, string output, _) = await ada.EndAsync();
        Assert.NotEqual(0, code);
        Assert.Contains("\n", output, StringComparison.Ordinal);
    }

    private static async Task<Sample> JoinAsync(ChatServer server)
    {
        Sample ada = Sample.StartOnTerminal("Chat", "join", "ada", "--server", server.Endpoint);
        await ada.OutputToAsync("* in lobby: ada");
        return ada;
    }
}
