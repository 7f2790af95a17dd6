using QContinuum.Processors;

namespace QContinuum.Simulation.Tests.World;

/// <summary>The pumps of queued processors: whichever is awake takes a step, of some items. Their queues are short, so that they are full now and then.</summary>
internal sealed class Pumps(Random random, Action<string> trace) : IPumpHost, IActor
{
    private const int MostItems = 64;

    private readonly List<Pump> _running = [];

    public int Capacity { get; } = 2 << random.Next(6);

    public bool CanAct => _running.Exists(static pump => pump.IsAwake);

    public void Begin(Pump pump) => _running.Add(pump);

    public void Act()
    {
        Pump[] awake = [.. _running.Where(static pump => pump.IsAwake)];
        Pump pump = awake[random.Next(awake.Length)];
        trace("a pump takes a step");
        if (!pump.Step(random.Next(3) == 0 ? MostItems : 1 + random.Next(3)))
        {
            _running.Remove(pump);
        }
    }
}
