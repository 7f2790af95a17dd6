namespace QContinuum.Samples.Tests;

public sealed class Chat_carries_what_is_said
{
    [Fact]
    public async Task To_everybody_in_the_room_and_to_nobody_else()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        await using Sample ada = await server.JoinAsync("ada");
        await using Sample bob = await server.JoinAsync("bob");
        await using Sample eve = await server.JoinAsync("eve", "tea");

        await ada.TypeAsync("hello, bob");
        Assert.EndsWith("<ada> hello, bob", await bob.LineWithAsync("hello"), StringComparison.Ordinal);
        Assert.EndsWith("<ada> hello, bob", await ada.LineWithAsync("hello"), StringComparison.Ordinal);

        await eve.TypeAsync("/who");
        Assert.Equal("* in tea: eve", await eve.LineAsync());
    }

    [Fact]
    public async Task Also_what_looks_like_a_command()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        await using Sample ada = await server.JoinAsync("ada");
        await using Sample bob = await server.JoinAsync("bob");

        await ada.TypeAsync("//join is what you want");

        Assert.EndsWith("<ada> /join is what you want", await bob.LineWithAsync("join is"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_one_person_in_any_room()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        await using Sample ada = await server.JoinAsync("ada");
        await using Sample eve = await server.JoinAsync("eve", "tea");

        await ada.TypeAsync("/tell EVE it is  a secret");
        Assert.EndsWith("[ada to EVE] it is  a secret", await eve.LineWithAsync("secret"), StringComparison.Ordinal);

        await ada.TypeAsync("/tell bob hello");
        await ada.LineWithAsync("! nobody here is called bob");
    }

    [Fact]
    public async Task And_who_comes_and_leaves_and_has_another_nick()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        await using Sample ada = await server.JoinAsync("ada");
        await using Sample bob = await server.JoinAsync("bob");
        Assert.Equal("* lobby: bob joined", await ada.LineAsync());

        await bob.TypeAsync("/nick robert");
        Assert.Equal("* lobby: bob is now robert", await ada.LineAsync());

        await bob.TypeAsync("/join tea");
        Assert.Equal("* lobby: robert left", await ada.LineAsync());
        await bob.LineWithAsync("* in tea: robert");

        await ada.TypeAsync("/rooms");
        Assert.Equal("* rooms: lobby, tea", await ada.LineAsync());
    }

    [Fact]
    public async Task And_that_somebody_died()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        await using Sample ada = await server.JoinAsync("ada");
        await using Sample bob = await server.JoinAsync("bob");
        Assert.Equal("* lobby: bob joined", await ada.LineAsync());

        await bob.SignalAsync("KILL");
        Assert.StartsWith("* lobby: bob ", await ada.LineAsync(), StringComparison.Ordinal);

        // The nick is free again.
        await using Sample other = await server.JoinAsync("bob");
    }
}
