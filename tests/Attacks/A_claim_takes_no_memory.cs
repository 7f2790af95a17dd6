using QContinuum.Attacks.Tests.Support;

namespace QContinuum.Attacks.Tests;

[Collection(nameof(Heavy))]
public sealed class A_claim_takes_no_memory
{
    private const int Clients = 400;
    private const int Sent = 1000;

    /// <summary>What may be committed for a message of which little is there: twice that, and a block.</summary>
    private const int MostForEach = (2 * (Frames.HeaderSize + Sent)) + (16 * 1024);

    [Theory, EachServer]
    public async Task Of_the_longest_message_of_which_little_is_there(string server)
    {
        await using Siege siege = await Siege.BeginAsync(server);
        Client[] bad = [];
        await siege.EndureAsync(async () =>
        {
            bad = await siege.ConnectManyAsync(Clients);
            await Task.WhenAll(bad.Select(static client => client.SendAsync(Frames.Claim(Frames.LongestBody, Sent))));
        });

        await siege.ExpectAllReadAsync();

        // Had it believed them, that were 400 MiB.
        siege.ExpectMemoryWithin(Clients * MostForEach);
        siege.ExpectCommittedWithin(Clients * MostForEach);
        siege.ExpectQuiet();
        Array.ForEach(bad, static client => client.Dispose());
        await siege.EndAsync();
    }

    [Theory, EachServer(Frames.LongestBody + 1, 1024 * 1024 * 1024, int.MaxValue, -1)]
    public async Task Of_what_no_message_may_have_and_its_client_is_closed(string server, int claim)
    {
        await using Siege siege = await Siege.BeginAsync(server);
        await siege.EndureAsync(async () =>
        {
            foreach (Client client in await siege.ConnectManyAsync(Clients))
            {
                using (client)
                {
                    await client.TrySendAsync(Frames.Claim(claim, Sent));
                    await client.EndedAsync();
                }
            }
        });

        siege.ExpectMemoryWithin(0);
        siege.ExpectCommittedWithin(0);
        await siege.EndAsync();
    }
}
