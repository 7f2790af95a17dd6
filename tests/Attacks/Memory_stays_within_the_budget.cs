using QContinuum.Attacks.Tests.Support;

namespace QContinuum.Attacks.Tests;

[Collection(nameof(Heavy))]
public sealed class Memory_stays_within_the_budget
{
    /// <summary>A quarter of what the process may have is for its peers: 64 MiB.</summary>
    private const string SmallMachine = "export DOTNET_GCHeapHardLimit=0x10000000";
    private const int Limit = 64 * 1024 * 1024;

    /// <summary>A message of half a mebibyte and more takes a block of one, which is twice the limit for all of them.</summary>
    private const int Clients = 128;
    private const int Begun = 600_000;

    /// <summary>Who reads by hand gets messages whole here: what it makes of pieces is its own memory.</summary>
    [Theory]
    [InlineData(Siege.Echo)]
    [InlineData("awaiting")]
    [InlineData("collecting")]
    [InlineData("redirecting")]
    public async Task Although_hundreds_never_end_a_long_message(string server)
    {
        await using Siege siege = await Siege.BeginAsync(server, preparation: SmallMachine);
        byte[] half = Frames.Claim(Frames.LongestBody, Begun);
        List<Client> bad = [];
        await siege.EndureAsync(async () =>
        {
            for (int i = 0; i < Clients; i++)
            {
                Client client = await siege.ConnectAsync();
                bad.Add(client);
                await client.ExchangeAsync();
                await client.TrySendAsync(half);
            }
        });

        siege.ExpectMemoryWithin(Limit);
        bad.ForEach(static client => client.Dispose());
        string error = await siege.EndAsync();
        Assert.Contains("MemoryShort", error, StringComparison.Ordinal);
    }
}
