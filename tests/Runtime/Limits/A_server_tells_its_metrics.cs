using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Limits;

public sealed class A_server_tells_its_metrics
{
    private const long Limit = 64 * 1024 * 1024;
    private const int Begun = 500_000;

    [Theory, EachLine]
    public async Task While_it_runs(Transport transport, Threading threading)
    {
        Script script = new();
        TestServer server = await TestServer.StartAsync(transport, script.Run(threading), new PeerServerOptions { Loops = 1, MaxPeers = 1, MemoryLimit = Limit });
        using Collector metrics = new(server.Server);
        string[] expected =
        [
            "qcontinuum.memory.budget By", "qcontinuum.memory.held By", "qcontinuum.memory.limit By", "qcontinuum.server.accept_pauses {pause}",
            "qcontinuum.server.accepted {peer}", "qcontinuum.server.peers {peer}", "qcontinuum.server.refused {connection}",
        ];
        Assert.Equal(expected, metrics.Names);
        Assert.Equal(0, metrics.Collect()["qcontinuum.server.accepted"]);

        using RawClient holding = await server.ConnectAsync();
        await script.Peers.NextAsync();
        await holding.SendAsync(Frames.Join(Frames.Header(2 * Begun, 5), new byte[Begun]));
        using RawClient waiting = await server.ConnectAsync();
        Assert.Contains("MaxPeers", await server.Log.NextAsync(), StringComparison.Ordinal);
        await Guard.UntilAsync(() => metrics.Collect()["qcontinuum.memory.held"] >= Begun);

        Dictionary<string, long> told = metrics.Collect();
        Assert.Equal((1, 1, 0), (told["qcontinuum.server.accepted"], told["qcontinuum.server.peers"], told["qcontinuum.server.refused"]));
        Assert.InRange(told["qcontinuum.server.accept_pauses"], 1, server.Server.Statistics.AcceptPauses);
        Assert.Equal((Limit, server.Server.MemoryBudget.Total), (told["qcontinuum.memory.limit"], told["qcontinuum.memory.budget"]));

        holding.Dispose();
        await server.DisposeAsync();

        Assert.Empty(metrics.Collect());
        Assert.Equal(expected.Length, metrics.Ended);
    }

    /// <summary>Two servers of one process are told from each other.</summary>
    [Fact]
    public async Task Each_its_own()
    {
        await using TestServer one = await TestServer.StartAsync(new Script().Run(Threading.Inline));
        await using TestServer other = await TestServer.StartAsync(new Script().Run(Threading.Inline));
        using RawClient client = await one.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(1));
        using Collector first = new(one.Server);
        using Collector second = new(other.Server);

        Assert.Equal(1, first.Collect()["qcontinuum.server.peers"]);
        Assert.Equal(0, second.Collect()["qcontinuum.server.peers"]);
        Assert.NotEqual(first.Tag, second.Tag);
    }

    /// <summary>It is not ours: what it throws costs the metrics, and neither the start nor the end of the server.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Though_who_collects_them_throws(bool atTheStart)
    {
        using MeterListener metrics = new();
        metrics.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope is PeerServer { MemoryBudget.Limit: Limit + 1 })
            {
                listener.EnableMeasurementEvents(instrument);
                if (atTheStart)
                {
                    throw new InvalidOperationException("published");
                }
            }
        };
        metrics.MeasurementsCompleted = static (_, _) => throw new InvalidOperationException("completed");
        metrics.Start();
        TestServer server = await TestServer.StartAsync(new Script().Run(Threading.Inline), new PeerServerOptions { Loops = 1, MemoryLimit = Limit + 1 });
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(1));

        await server.DisposeAsync();
        metrics.MeasurementsCompleted = null;

        Assert.Contains(server.Log.All, line => line.Contains(atTheStart ? "published" : "completed", StringComparison.Ordinal));
    }

    /// <summary>What collects metrics, as an exporter does, of one server.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentDictionary<string, long> _values = new();
        private readonly List<Instrument> _instruments = [];
        private int _ended;

        public Collector(PeerServer server)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "QContinuum.Toolkit" && instrument.Meter.Scope == server)
                {
                    lock (_instruments)
                    {
                        _instruments.Add(instrument);
                    }

                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.MeasurementsCompleted = (_, _) => Interlocked.Increment(ref _ended);
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _values[instrument.Name] = value);
            _listener.Start();
        }

        public IEnumerable<string> Names => _instruments.Select(static instrument => $"{instrument.Name} {instrument.Unit}").Order(StringComparer.Ordinal);

        public object? Tag => Assert.Single(_instruments[0].Meter.Tags!, static tag => tag.Key == "qcontinuum.server").Value;

        /// <summary>Instruments that have gone.</summary>
        public int Ended => _ended;

        public Dictionary<string, long> Collect()
        {
            _values.Clear();
            _listener.RecordObservableInstruments();
            return new Dictionary<string, long>(_values);
        }

        public void Dispose() => _listener.Dispose();
    }
}
