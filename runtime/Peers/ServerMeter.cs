using System.Diagnostics.Metrics;
using QContinuum.Buffers;
using QContinuum.Loops;

namespace QContinuum;

/// <summary>
/// What a server tells to whoever collects metrics: nothing is counted for it, all of it is asked for when somebody collects. It goes with its server. Who collects
/// is not ours, and is told of each of them as it comes and goes: what that throws is logged, and costs the metrics alone.
/// </summary>
internal sealed class ServerMeter : IDisposable
{
    internal const string Name = "QContinuum.Toolkit";

    /// <summary>Servers of this process that ran so far: what tells one from another where metrics are collected.</summary>
    private static int s_servers;

    private readonly Action<string> _log;
    private readonly Meter _meter;

    internal ServerMeter(PeerServer server, Action<string> log)
    {
        _log = log;
        _meter = new Meter(new MeterOptions(Name) { Scope = server, Tags = new[] { KeyValuePair.Create<string, object?>("qcontinuum.server", Interlocked.Increment(ref s_servers)) } });
        if (!TryTell(() => CreateInstruments(server)))
        {
            Dispose();
        }
    }

    public void Dispose() => TryTell(_meter.Dispose);

    private void CreateInstruments(PeerServer server)
    {
        long limit = server.MemoryBudget.Limit;
        long budget = server.MemoryBudget.Total;
        _meter.CreateObservableUpDownCounter(
            "qcontinuum.server.peers", () => (long)server.PeerCount, "{peer}", "Peers accepted whose Closed handler has not run.");
        _meter.CreateObservableCounter("qcontinuum.server.accepted", () => server.Statistics.Accepted, "{peer}", "Peers accepted.");
        _meter.CreateObservableCounter(
            "qcontinuum.server.refused", () => server.Statistics.Refused, "{connection}", "Connections refused: too many of their address, or no descriptor.");
        _meter.CreateObservableCounter(
            "qcontinuum.server.accept_pauses", () => server.Statistics.AcceptPauses, "{pause}", "Accepting paused: no descriptor, no memory, or the most peers.");
        _meter.CreateObservableUpDownCounter(
            "qcontinuum.memory.held", static () => BlockPool.HeldBytesOfAll, "By", "Queues and unfinished messages of all peers of the process.");
        _meter.CreateObservableUpDownCounter("qcontinuum.memory.limit", () => limit, "By", "The most of it that the server allows.");
        _meter.CreateObservableUpDownCounter(
            "qcontinuum.memory.budget", () => budget, "By", "What the server may make the process hold at most, all in all.");
    }

    private bool TryTell(Action tell)
    {
        try
        {
            tell();
            return true;
        }
        catch (Exception exception)
        {
            _log($"A listener of metrics threw: {Thrown.Text(exception)}");
            return false;
        }
    }
}
