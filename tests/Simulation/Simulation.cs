using Microsoft.Extensions.Time.Testing;
using QContinuum.Loops;
using QContinuum.Simulation.Tests.Kernel;
using QContinuum.Simulation.Tests.World;

namespace QContinuum.Simulation.Tests;

/// <summary>What a seed came to.</summary>
/// <param name="Failure">What did not hold; null for nothing.</param>
/// <param name="Messages">Messages that were handled.</param>
/// <param name="Faults">Faults of the kernel.</param>
internal readonly record struct Outcome(string? Failure, int Messages, int Faults);

/// <summary>One seed: a server with one loop, some clients, and a kernel that does what kernels may do.</summary>
internal static class Simulation
{
    private const int MostClients = 8;

    /// <summary>The loop keeps one block to read into, and nothing else.</summary>
    private const int BlocksOfLoop = 1;

    /// <summary>A seed takes milliseconds: what is not over by then hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="seed">All that happens comes from it.</param>
    /// <param name="trace">Is told of all that happens.</param>
    internal static Outcome Run(int seed, Action<string> trace)
    {
        Random random = new(seed);
        FakeTimeProvider clock = new();
        SimulatedKernel kernel = new(random, new Odds(random), clock, trace);
        Journal journal = new(trace);
        Later later = new(random);
        ObedientProcessor first = new("first", journal, later);
        ObedientProcessor second = new("second", journal, later) { Other = first };
        first.Other = second;
        Client[] clients = [.. Enumerable.Range(1, 1 + random.Next(MostClients)).Select(port => new Client(port, random, kernel))];
        int high = 4096 << random.Next(7);
        PeerServer server = new(first, new PeerServerOptions
        {
            Loops = 1,
            TimeProvider = clock,
            Pollers = new Pollers<SimulatedPoller>("simulated", () => new SimulatedPoller(kernel)),
            Peers = new PeerOptions { HighWatermark = high, LowWatermark = high / 4, MaxMessageSize = 64 * 1024, Log = static _ => { } },
        });
        kernel.AtEnd = () =>
        {
            if (server.PeerCount > 0)
            {
                kernel.Fail($"all connections are closed, and {server.PeerCount} peers are not");
            }
            else if (server.OutstandingBlocks != BlocksOfLoop)
            {
                kernel.Fail($"{server.OutstandingBlocks - BlocksOfLoop} blocks are kept");
            }
        };
        kernel.Begin([.. clients, later]);
        server.ListenTcp("127.0.0.1:0");
        server.StartAsync().GetAwaiter().GetResult();
        if (!kernel.WaitForEnd(Patience))
        {
            // Its thread is lost: there is no way to end it.
            return new Outcome($"the loop does not come back within {Patience.TotalSeconds} s", 0, kernel.Faults);
        }

        if (kernel.Failure is null)
        {
            server.StopAsync().GetAwaiter().GetResult();
            kernel.Dispose();
        }

        string? failure = kernel.Failure
            ?? clients.Select(client => Oracle.Judge(client, journal) is { } wrong ? $"client {client.Port}, {client.Manners}: {wrong}" : null).FirstOrDefault(static wrong => wrong is not null);
        int handled = clients.Sum(client => journal.Of(client.Port).Count(static entry => entry.Number is not null));
        return new Outcome(failure, handled, kernel.Faults);
    }
}
