using Microsoft.Extensions.Time.Testing;
using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Simulation.Tests.Kernel;
using QContinuum.Simulation.Tests.World;

namespace QContinuum.Simulation.Tests;

/// <summary>What a seed came to.</summary>
/// <param name="Failure">What did not hold; null for nothing.</param>
/// <param name="Messages">Messages that were handled.</param>
/// <param name="Faults">Faults of the kernel.</param>
internal readonly record struct Outcome(string? Failure, int Messages, int Faults);

/// <summary>
/// One seed: a server with one loop and two processors, some clients, threads of the application, and a kernel that does what kernels may do. Pumps and threads take their
/// steps on the loop's thread, in the order that the seed says.
/// </summary>
internal sealed class Simulation
{
    private const int MostClients = 8;

    /// <summary>A seed takes milliseconds: what is not over by then hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Random _random;
    private readonly FakeTimeProvider _clock = new();
    private readonly SimulatedKernel _kernel;
    private readonly Journal _journal;
    private readonly Client[] _clients;
    private readonly Group _group = new();
    private readonly PeerServer _server;
    private readonly Shortage? _shortage;

    private Simulation(int seed, Action<string> trace)
    {
        _random = new Random(seed);
        _kernel = new SimulatedKernel(_random, new Odds(_random), _clock, trace);
        _journal = new Journal(trace, _kernel.Fail, _clock);
        _shortage = _random.Next(50) == 0 ? new Shortage(_kernel) : null;
        Later later = new(_random);
        Room room = new();
        Pumps pumps = new(_random, trace);
        Manner manner = new(IsSlow: _random.Next(4) == 0, JoinsGroup: _random.Next(2) == 0, Throws: _random.Next(8) == 0 ? 3 : 0);
        Surroundings surroundings = new(_journal, later, room, _group, manner, _kernel.Fail);
        ObedientProcessor first = new("first", 1, (Threading)_random.Next(3), surroundings) { PumpHost = pumps };
        ObedientProcessor second = new("second", 2, (Threading)_random.Next(3), surroundings) { PumpHost = pumps, Other = first };
        first.Other = second;
        trace($"{first.Name} is {first.Threading}, {second.Name} is {second.Threading}");
        int clients = 1 + _random.Next(_shortage is null ? MostClients : Shortage.MostClients);
        _clients = [.. Enumerable.Range(1, clients).Select(port => new Client(port, _random, _kernel, isGreedy: _shortage is not null))];
        Stranger stranger = _shortage is null
            ? new Stranger(_random, _journal, _group, [first, second], mostActs: 30 * _random.Next(3), isKind: _random.Next(2) == 0, isGreedy: false, longest: 2000, trace)
            : new Stranger(_random, _journal, _group, [first, second], Shortage.MostActs, isKind: true, isGreedy: true, Shortage.LongestNews, trace);
        int high = 4096 << _random.Next(7);
        PeerServerOptions options = new()
        {
            Loops = 1,
            TimeProvider = _clock,
            Pollers = new Pollers<SimulatedPoller>("simulated", () => new SimulatedPoller(_kernel)),
            Peers = new PeerOptions
            {
                HighWatermark = high,
                LowWatermark = high / 4,
                SendLimit = _shortage is null ? 4 * 1024 * 1024 : Shortage.SendLimit,
                MaxMessageSize = 64 * 1024,
                MaxMessagesPerSecond = _random.Next(10) == 0 ? 1 + _random.Next(50) : null,
                // Without the numbers of peers, which are the process's.
                Log = text => trace(text[Math.Max(text.IndexOf('('), 0)..]),
            },
        };
        _server = new PeerServer(first, _shortage is null ? options : options with { MemoryLimit = Shortage.Limit });
        Bounds bounds = new(_journal, options.Peers, _kernel.Fail);
        _kernel.AtReceive = bounds.LookBeforeRead;
        _kernel.AtTurn = () =>
        {
            bounds.Look();
            _shortage?.Look();
        };
        _kernel.IsAnybodyLeft = () => _server.PeerCount > 0;
        _kernel.AtEnd = () =>
        {
            if (_group.Count > 0)
            {
                _kernel.Fail($"all peers are closed, and {_group.Count} are in the group");
            }
        };
        IActor[] actors = [.. _clients, later, room, pumps, stranger];
        _kernel.Begin(_random.Next(4) == 0 ? [.. actors, new Stop(_random, _journal, _server, trace)] : actors);
    }

    /// <param name="seed">All that happens comes from it.</param>
    /// <param name="trace">Is told of all that happens.</param>
    internal static Outcome Run(int seed, Action<string> trace) => new Simulation(seed, trace).Run();

    private Outcome Run()
    {
        _server.ListenTcp("127.0.0.1:0");
        _server.StartAsync().GetAwaiter().GetResult();
        if (!_kernel.WaitForEnd(Patience))
        {
            // Its thread is lost: there is no way to end it.
            return new Outcome($"the loop does not come back within {Patience.TotalSeconds} s", 0, _kernel.Faults);
        }

        if (_kernel.Failure is null)
        {
            _server.StopAsync().GetAwaiter().GetResult();
            _kernel.Dispose();
        }

        string? failure = _kernel.Failure
            ?? (_server.OutstandingBlocks != 0 ? $"{_server.OutstandingBlocks} blocks are kept" : null)
            ?? _journal.Judge()
            ?? _clients.Select(Judge).FirstOrDefault(static wrong => wrong is not null);
        int handled = _clients.Sum(client => _journal.Of(client.Port).Entries.Count(static entry => entry.Number is not null));
        return new Outcome(failure, handled, _kernel.Faults);
    }

    private string? Judge(Client client)
        => new Oracle(client, _journal.Of(client.Port), _shortage is not null).Judge() is { } wrong ? $"client {client.Port}, {client.Manners}: {wrong}" : null;
}
