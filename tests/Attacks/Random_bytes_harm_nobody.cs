using QContinuum.Attacks.Tests.Support;
using Xunit.Abstractions;

namespace QContinuum.Attacks.Tests;

[Collection(nameof(Heavy))]
public sealed class Random_bytes_harm_nobody(ITestOutputHelper output)
{
    private const int Rounds = 10;
    private const int Together = 100;
    private const int MostBytes = 20_000;

    [Theory, EachServer]
    public async Task From_a_thousand_clients(string server)
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using Siege siege = await Siege.BeginAsync(server);

        await siege.EndureAsync(async () =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                Client[] clients = await siege.ConnectManyAsync(Together);
                await Task.WhenAll(clients.Select((client, i) => ThrowAsync(client, new Random(seed + (round * Together) + i))));
            }
        });

        // Whatever it took for a message, it held no more than twice the bytes of those who were there together; and it answers with no more than it got.
        siege.ExpectMemoryWithin(Together * (3 * MostBytes));
        await siege.EndAsync();
    }

    /// <summary>Bytes alone, or good messages of which one byte is not what it was.</summary>
    private static async Task ThrowAsync(Client client, Random random)
    {
        byte[] bytes = [.. Enumerable.Range(0, 10).SelectMany(_ => Frames.Echo(random.Next(), random.Next(MostBytes / 20)))];
        if (random.Next(2) == 0)
        {
            random.NextBytes(bytes);
        }
        else
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        using (client)
        {
            await client.TrySendAsync(bytes);
            if (random.Next(2) == 0)
            {
                client.Reset();
            }
        }
    }
}
