using System.Net.Sockets;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;
using Xunit.Abstractions;

namespace QContinuum.Runtime.Tests.BadInput;

public sealed class Garbage_never_disturbs_good_clients(ITestOutputHelper output)
{
    private const int Streams = 300;

    [Theory, EachLine]
    public async Task Random_bytes_and_damaged_streams(Transport transport, Threading threading)
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), new PeerServerOptions { Loops = 2 });

        using var enough = new CancellationTokenSource();
        Task[] good = [.. Enumerable.Range(0, 4).Select(i => EchoUntil(server, i, enough.Token))];

        await Parallel.ForAsync(0, Streams, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) => await ThrowAsync(server, new Random(seed + i)));

        await enough.CancelAsync();
        await Task.WhenAll(good).Guarded();

        int all = Streams + good.Length;
        Assert.Equal(all, (await script.Closings.NextAsync(all)).Select(closing => closing.Peer).Distinct().Count());
    }

    private static async Task EchoUntil(TestServer server, int number, CancellationToken enough)
    {
        using RawClient client = await server.ConnectAsync();
        for (int i = 0; i == 0 || !enough.IsCancellationRequested; i++)
        {
            await client.ExpectEchoAsync(Frames.Join(Frames.Move(number, i, i), Frames.Raw(Frames.Pattern(i % 2000, i)), Frames.Ask(i)));
        }
    }

    private static async Task ThrowAsync(TestServer server, Random random)
    {
        byte[] bytes = Frames.Join(Frames.Move(1, 2, 3), Frames.Blob(4, 5, 6), Frames.Chat("seven"), Frames.Ask(8), Frames.Raw(Frames.Pattern(50, 9)));
        if (random.Next(2) == 0)
        {
            bytes = new byte[random.Next(1, 20_000)];
            random.NextBytes(bytes);
        }
        else
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            bytes = bytes[..random.Next(1, bytes.Length + 1)];
        }

        using RawClient client = await server.ConnectAsync();
        try
        {
            await client.SendAsync(bytes);
            if (random.Next(2) == 0)
            {
                client.FinishSending();
                await client.EndedAsync();
            }
            else
            {
                client.Reset();
            }
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.NotConnected)
        {
            // The server had ended it already: as it should.
        }
    }
}
