namespace QContinuum.Simulation.Tests.World;

/// <summary>What asynchronous handlers wait for: it ends one after another, in any order.</summary>
internal sealed class Later(Random random) : IActor
{
    private readonly List<TaskCompletionSource> _waiting = [];

    public bool CanAct => _waiting.Count > 0;

    public void Act()
    {
        int which = random.Next(_waiting.Count);
        TaskCompletionSource ended = _waiting[which];
        _waiting.RemoveAt(which);
        ended.SetResult();
    }

    internal Task WaitAsync()
    {
        TaskCompletionSource source = new();
        _waiting.Add(source);
        return source.Task;
    }
}
