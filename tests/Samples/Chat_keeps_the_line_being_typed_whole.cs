namespace QContinuum.Samples.Tests;

public sealed class Chat_keeps_the_line_being_typed_whole
{
    private const string Clear = "\r\e[K";
    private const string Tab = "\t";
    private const string Up = "\e[A";
    private const string Left = "\e[D";
    private const string Enter = "\r";

    [Fact]
    public async Task While_others_speak_and_it_is_edited_completed_and_remembered()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        await using Sample bob = await server.JoinAsync("bobby");
        await using Sample ada = Sample.StartOnTerminal("Chat", "join", "ada", "--server", server.Endpoint);
        await ada.OutputToAsync("ada, bobby");

        await ada.PressAsync("half a lie");
        await ada.OutputToAsync("> half a lie");
        await bob.TypeAsync("milk?");
        await ada.OutputToAsync($"<bobby> milk?\r\n{Clear}> half a lie");

        await ada.PressAsync($"{Left}n{Enter}");
        await ada.OutputToAsync("<ada> half a line");

        await ada.PressAsync(Up);
        await ada.OutputToAsync("> half a line");
        await ada.PressAsync($"\u0015bo{Tab}yes{Enter}");
        await ada.OutputToAsync("<ada> bobby: yes");

        await ada.PressAsync($"/w{Tab}{Enter}");
        await ada.OutputToAsync("* in lobby: ada, bobby");
        await ada.PressAsync($"/q{Tab}{Enter}");
        Assert.Equal(0, (await ada.EndAsync()).Code);
    }
}
