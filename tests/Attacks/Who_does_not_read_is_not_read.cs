using QContinuum.Attacks.Tests.Support;

namespace QContinuum.Attacks.Tests;

[Collection(nameof(Heavy))]
public sealed class Who_does_not_read_is_not_read
{
    private const int Clients = 30;
    private const int BodySize = 6000;

    /// <summary>
    /// For each: answers up to the high watermark of 256 KiB, those to the read of 64 KiB that crossed it, and what is kept of a message that has begun, in blocks
    /// that may be half empty.
    /// </summary>
    private const int MostForEach = 2 * (256 + 64 + 64) * 1024;

    /// <summary>While a handler waits, what follows waits before it: up to the watermark once more, and the read that crossed it.</summary>
    private const int MostBeforeEach = 2 * (256 + 64) * 1024;

    [Theory, EachServer]
    public async Task However_much_it_asks_for_and_gets_all_of_it_once_it_reads(string server)
    {
        int held = Clients * (server == "awaiting" ? MostForEach + MostBeforeEach : MostForEach);
        await using Siege siege = await Siege.BeginAsync(server);
        Client[] greedy = [];
        long[] sent = new long[Clients];
        await siege.EndureAsync(async () =>
        {
            greedy = await siege.ConnectManyAsync(Clients, receiveBuffer: 4096);
            for (int round = 0; round < 3; round++)
            {
                for (int i = 0; i < Clients; i++)
                {
                    sent[i] += Ask(greedy[i], i, sent[i]);
                }
            }
        });

        // Once it is quiet, it has read all that it is going to.
        siege.ExpectQuiet();
        siege.ExpectMemoryWithin(held);

        await siege.EndureAsync(() => Task.WhenAll(greedy.Take(Clients / 2).Select((client, i) => ReadAsync(client, i, sent[i]))));
        siege.ExpectMemoryWithin(held);
        Array.ForEach(greedy, static client => client.Reset());
        await siege.EndAsync();
    }

    /// <summary>Asks for as much as the server and the kernel take. The stream of one client is one message, again and again.</summary>
    private static long Ask(Client client, int number, long sent)
    {
        byte[] frame = Frames.Echo(number, BodySize);
        byte[] many = [.. Enumerable.Repeat(frame, 20).SelectMany(static one => one)];
        long more = 0;
        while (client.TrySend(many.AsSpan((int)((sent + more) % frame.Length))) is > 0 and var taken)
        {
            more += taken;
        }

        return more;
    }

    /// <summary>Ends the message that has begun, and reads an answer to every one.</summary>
    private static async Task ReadAsync(Client client, int number, long sent)
    {
        byte[] frame = Frames.Echo(number, BodySize);
        long whole = (sent + frame.Length - 1) / frame.Length;
        Task last = client.SendAsync(frame.AsMemory(frame.Length - (int)((whole * frame.Length) - sent)));
        for (long i = 0; i < whole; i++)
        {
            Assert.Equal(frame, await client.ReceiveAsync(frame.Length));
        }

        await last;
        await client.ExchangeAsync();
    }
}
