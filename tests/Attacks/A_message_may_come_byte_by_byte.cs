using QContinuum.Attacks.Tests.Support;

namespace QContinuum.Attacks.Tests;

[Collection(nameof(Heavy))]
public sealed class A_message_may_come_byte_by_byte
{
    private const int Clients = 500;
    private const int BodySize = 12;

    /// <summary>The least that is kept of a message that has begun.</summary>
    private const int SmallestBlock = 16 * 1024;

    [Theory, EachServer]
    public async Task Of_hundreds_of_clients_at_once_and_each_is_answered(string server)
    {
        await using Siege siege = await Siege.BeginAsync(server);
        Client[] slow = [];
        await siege.EndureAsync(async () =>
        {
            slow = await siege.ConnectManyAsync(Clients);
            for (int next = 0; next < Frames.HeaderSize + BodySize - 1; next++)
            {
                for (int i = 0; i < Clients; i++)
                {
                    await slow[i].SendAsync(Frames.Echo(i, BodySize).AsMemory(next, 1));
                }
            }
        });

        await siege.ExpectAllReadAsync();
        siege.ExpectQuiet();
        siege.ExpectMemoryWithin(Clients * SmallestBlock);
        for (int i = 0; i < Clients; i++)
        {
            byte[] whole = Frames.Echo(i, BodySize);
            await slow[i].SendAsync(whole.AsMemory(whole.Length - 1));
            Assert.Equal(whole, await slow[i].ReceiveAsync(whole.Length));
            slow[i].Dispose();
        }

        await siege.EndAsync();
    }
}
