using System.Net.Sockets;
using QContinuum.Attacks.Tests.Support;
using QContinuum.Soak.Tests.Load;

namespace QContinuum.Soak.Tests.Support;

/// <summary>
/// A server is told to end while it owes answers: peers have sent, it has read, they have not. They get every answer, and a FIN behind the last.
/// </summary>
internal static class Farewell
{
    private const int Peers = 200;

    /// <summary>Shorter than what the kernel keeps for who does not read, so that the server reads all of it.</summary>
    private const int MostBody = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <returns>What a peer did not get; null when nothing is missing.</returns>
    public static async Task<string?> FindMissingAsync(Server server, int seed)
    {
        Random random = new(seed);
        Counters counters = new();
        List<Wire> wires = [];
        try
        {
            Burst[] bursts = [.. Enumerable.Range(0, Peers).Select(_ => Burst.Draw(random, MostBody))];
            foreach (Burst burst in bursts)
            {
                wires.Add(await Wire.ConnectAsync(server.Port, counters).WaitAsync(Patience));
                await wires[^1].SendAsync(burst.Bytes).WaitAsync(Patience);
            }

            await AllReadAsync(server.Port).WaitAsync(Patience);
            await server.TerminateAsync();
            await Task.WhenAll(wires.Zip(bursts, static (wire, burst) => ReceiveAsync(wire, burst))).WaitAsync(Patience);
            return null;
        }
        catch (Exception exception) when (exception is SocketException or InvalidDataException or TimeoutException)
        {
            return exception.Message;
        }
        finally
        {
            wires.ForEach(static wire => wire.Dispose());
        }
    }

    private static async Task ReceiveAsync(Wire wire, Burst burst)
    {
        await wire.ExpectAsync(burst.Bytes);
        await wire.ExpectEndAsync();
        wire.Dispose();
    }

    private static async Task AllReadAsync(int port)
    {
        using PeriodicTimer pause = new(TimeSpan.FromMilliseconds(10));
        while (!KernelQueues.AreEmpty(port))
        {
            await pause.WaitForNextTickAsync();
        }
    }
}
