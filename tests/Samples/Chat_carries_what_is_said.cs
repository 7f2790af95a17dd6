namespace QContinuum.Samples.Tests;

public sealed class Chat_carries_what_is_said
{
    [Fact]
    public async Task To_everybody_in_the_room()
    {
        (Sample server, string endpoint) = await ServeAsync();
        using Sample ended = server;
        using Sample ada = await JoinAsync(endpoint, "ada");
        using Sample bob = await JoinAsync(endpoint, "bob");
        await ada.LineWithAsync("bob joined");

        await ada.TypeAsync("hello, bob");
        Assert.EndsWith("<ada> hello, bob", await bob.LineWithAsync("hello"), StringComparison.Ordinal);
        Assert.EndsWith("<ada> hello, bob", await ada.LineWithAsync("hello"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task And_never_what_steers_a_terminal()
    {
        (Sample server, string endpoint) = await ServeAsync();
        using Sample ended = server;
        using Sample ada = await JoinAsync(endpoint, "ada");
        await ada.TypeAsync("red \e[31malert");
        await ada.LineWithAsync("none of them a control character");
    }

    [Fact]
    public async Task And_announces_who_dies()
    {
        (Sample server, string endpoint) = await ServeAsync();
        using Sample ended = server;
        using Sample ada = await JoinAsync(endpoint, "ada");
        using Sample bob = await JoinAsync(endpoint, "bob");
        await bob.SignalAsync("KILL");
        await ada.LineWithAsync("* lobby: bob ");
        await ada.LineWithAsync("* lobby: bob ");
    }

    [Fact]
    public async Task But_refuses_a_nick_that_is_taken()
    {
        (Sample server, string endpoint) = await ServeAsync();
        using Sample ended = server;
        using Sample ada = await JoinAsync(endpoint, "ada");
        using Sample other = Sample.Start("Chat", "join", "Ada", "--server", endpoint);
        (int code, string output, _) = await other.EndAsync();
        Assert.Equal(1, code);
        Assert.Contains("the nick Ada is taken", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task And_says_so_when_the_server_ends_or_a_command_is_unknown()
    {
        (Sample server, string endpoint) = await ServeAsync();
        using Sample ended = server;
        using Sample ada = await JoinAsync(endpoint, "ada");
        await ada.TypeAsync("/dance");
        await ada.LineWithAsync("there is no '/dance'");
        await server.SignalAsync("TERM");
        await ada.LineWithAsync("the server is gone");
        await ada.TypeAsync("/quit");
        Assert.Equal(0, (await ada.EndAsync()).Code);
    }

    private static async Task<(Sample Server, string Endpoint)> ServeAsync()
    {
        Sample server = Sample.Start("Chat", "serve", "--port", "0");
        return (server, (await server.LineWithAsync("listening on "))["listening on ".Length..]);
    }

    private static async Task<Sample> JoinAsync(string endpoint, string nick)
    {
        Sample client = Sample.Start("Chat", "join", nick, "--server", endpoint);
        await client.LineWithAsync($"{nick} joined");
        return client;
    }
}
