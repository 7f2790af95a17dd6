using QContinuum.Attacks.Tests.Support;

namespace QContinuum.Attacks.Tests;

/// <summary>The gate of tests/Victim gives 5 s for the first message; the test is light, and runs beside the others.</summary>
public sealed class Who_does_not_log_in_is_closed
{
    private const int Each = 50;

    /// <summary>Those who are let in are served all the while, and those who have no whole message of a login are closed, however they spend their time.</summary>
    [Fact]
    public async Task And_those_who_do_are_served()
    {
        await using Siege siege = await Siege.BeginAsync("redirecting");
        Client[] silent = await siege.ConnectManyAsync(Each);
        Client[] slow = await siege.ConnectManyAsync(Each);
        byte[] login = Frames.Claim(1000, sent: 992);
        await siege.EndureAsync(() => Task.WhenAll(slow.Select(async client =>
        {
            // A byte, and another as soon as somebody else was served: it is never idle, and never done.
            using Client other = await siege.ConnectAsync();
            for (int i = 0; i < login.Length && await client.TrySendAsync(login.AsMemory(i, 1)) && !client.Socket.Poll(0, System.Net.Sockets.SelectMode.SelectRead); i++)
            {
                await other.ExchangeAsync();
            }
        })));

        foreach (Client client in silent.Concat(slow))
        {
            await client.EndedAsync();
        }

        await siege.ExpectNobodyLeftAsync();
        await siege.EndAsync();
        Array.ForEach([.. silent, .. slow], static client => client.Dispose());
    }
}
