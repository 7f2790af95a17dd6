using Go = System.Threading.SemaphoreSlim;

namespace QContinuum.Interleavings.Tests.Exploring;

/// <summary>
/// A thread of a run. It has a thread of the operating system, which waits whenever it is not this one's turn, and a store buffer: what it writes without a
/// fence is seen by others later, in the order in which it was written.
/// </summary>
internal sealed class Controlled(Run run, string name, int id, Action body)
{
    [ThreadStatic]
    private static Controlled? t_current;

    /// <summary>The controlled thread that runs; null on a thread that belongs to no run, or while a run is looked at.</summary>
    internal static Controlled? Current
    {
        get => t_current;
        set => t_current = value;
    }

    internal Run Run => run;

    internal string Name => name;

    /// <summary>Its number in the run, from 1.</summary>
    internal int Id => id;

    /// <summary>Given to it when it is its turn.</summary>
    internal Go Turn { get; } = new(0);

    internal Queue<Store> Stores { get; } = new();

    internal bool IsDone { get; set; }

    /// <summary>What it waits for; null while it can go on.</summary>
    internal Func<bool>? Awaited { get; set; }

    /// <summary>Whether it may wait for ever: where it waits for work.</summary>
    internal bool IsResting { get; set; }

    internal bool CanGoOn => !IsDone && (Awaited is null || Awaited());

    internal void Body() => body();

    /// <summary>Everything written so far is seen by others; before that one of them may go on.</summary>
    internal void Fence()
    {
        if (Stores.Count > 0)
        {
            run.Point(this);
            Commit();
        }
    }

    /// <summary>Everything written so far is seen by others.</summary>
    internal void Commit()
    {
        while (Stores.TryDequeue(out Store? store))
        {
            store.Commit();
        }
    }
}
