namespace QContinuum.Soak.Tests.Load;

/// <summary>Counts in the process that makes the load. Any thread.</summary>
internal sealed class Counters
{
    private const int MostTold = 20;

    private long _peers;
    private long _connects;
    private long _messages;
    private long _attacks;
    private long _wrong;

    public Tally Tally => new(
        Peers: Volatile.Read(ref _peers),
        Connects: Volatile.Read(ref _connects),
        Messages: Volatile.Read(ref _messages),
        Attacks: Volatile.Read(ref _attacks),
        Wrong: Volatile.Read(ref _wrong));

    public void Came()
    {
        Interlocked.Increment(ref _peers);
        Interlocked.Increment(ref _connects);
    }

    public void Went() => Interlocked.Decrement(ref _peers);

    public void Answered(int messages) => Interlocked.Add(ref _messages, messages);

    public void Attacked() => Interlocked.Increment(ref _attacks);

    /// <summary>Counts what must not be, and tells of the first of it.</summary>
    public void Wrong(string what)
    {
        if (Interlocked.Increment(ref _wrong) <= MostTold)
        {
            Console.Error.WriteLine($"wrong: {what}");
        }
    }
}
