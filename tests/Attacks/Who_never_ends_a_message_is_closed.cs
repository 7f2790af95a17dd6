using QContinuum.Attacks.Tests.Support;

namespace QContinuum.Attacks.Tests;

/// <summary>By default the first message has 10 s; the test is light, and runs beside the others.</summary>
public sealed class Who_never_ends_a_message_is_closed
{
    private const int Each = 50;

    /// <summary>Where a login comes first, that has a deadline of its own: <see cref="Who_does_not_log_in_is_closed"/>.</summary>
    [Theory]
    [InlineData(Siege.Echo)]
    [InlineData("awaiting")]
    [InlineData("reading")]
    public async Task As_is_who_never_begins_one(string server)
    {
        await using Siege siege = await Siege.BeginAsync(server);
        Client[] silent = await siege.ConnectManyAsync(Each);
        Client[] begun = await siege.ConnectManyAsync(Each);
        await Task.WhenAll(begun.Select(static client => client.SendAsync(Frames.Claim(1000, sent: 3))));
        Client[] slow = await siege.ConnectManyAsync(Each);
        Task<int>[] sending = [.. slow.Select(SendSlowlyAsync)];

        foreach (Client client in silent.Concat(begun))
        {
            Assert.Empty(await client.ReceiveToEndAsync());
        }

        // Until it was closed: far from the end of its message.
        foreach (int sent in await Task.WhenAll(sending))
        {
            Assert.InRange(sent, 2, 60);
        }

        // Nothing of them is left although they never answer the server's FIN.
        await siege.ExpectNobodyLeftAsync();
        string error = await siege.EndAsync();
        Assert.Contains("FirstMessageLate", error, StringComparison.Ordinal);
        Array.ForEach([.. silent, .. begun, .. slow], static client => client.Dispose());
    }

    /// <summary>A byte a second of a message of a thousand, as long as somebody takes it.</summary>
    private static async Task<int> SendSlowlyAsync(Client client)
    {
        byte[] message = Frames.Claim(1000, sent: 992);
        using PeriodicTimer second = new(TimeSpan.FromSeconds(1));
        int sent = 0;
        while (sent < message.Length && !client.Socket.Poll(0, System.Net.Sockets.SelectMode.SelectRead) && await client.TrySendAsync(message.AsMemory(sent, 1)))
        {
            sent++;
            await second.WaitForNextTickAsync();
        }

        return sent;
    }
}
