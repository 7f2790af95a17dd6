using System.Diagnostics.CodeAnalysis;

namespace QContinuum.Interleavings.Tests.Exploring;

/// <summary>
/// One execution of a scenario. Of its threads one goes on at a time; before each operation that others can see it is decided which one, or whose oldest
/// store becomes visible; in some scenarios also after each that writes.
/// </summary>
internal sealed class Run(Schedule schedule, Contention contention, Weakness? weakness, bool pointsAfter)
{
    /// <summary>Operations of one run: a run that has more goes round in circles.</summary>
    private const int MostSteps = 20_000;

    /// <summary>Operations of one thread on end: longer than that none is kept waiting, be it a thread or a store.</summary>
    private const int MostOnEnd = 200;

    private readonly List<Controlled> _threads = [];
    private readonly List<(object Owner, nint Size)> _shared = [];
    private readonly SemaphoreSlim _ended = new(0);
    private readonly List<Step> _steps = [];
    private int _onEnd;
    private Action? _atRest;
    private Action? _ending;

    /// <summary>How many operations there were, and stores that came to be seen.</summary>
    internal int Moment { get; private set; }

    /// <summary>What went wrong; null if nothing did.</summary>
    internal string? Failure { get; private set; }

    /// <summary>What happened, operation by operation.</summary>
    internal IReadOnlyList<Step> Steps => _steps;

    /// <summary>Adds a thread, which begins when it is its turn.</summary>
    internal Controlled Thread(string name, Action body)
    {
        Controlled thread = new(this, name, _threads.Count + 1, body);
        _threads.Add(thread);
        Workers.Begin(() => Execute(thread));
        return thread;
    }

    /// <summary>Objects whose fields, or elements, are written with a delay.</summary>
    internal void Share(params ReadOnlySpan<object> owners)
    {
        foreach (object owner in owners)
        {
            _shared.Add((owner, Place.Size(owner)));
        }
    }

    /// <summary>What is to hold when nobody has anything left to do.</summary>
    internal void AtRest(Action check) => _atRest = check;

    /// <summary>What ends threads that wait for work; it is not explored.</summary>
    internal void Ending(Action ending) => _ending = ending;

    /// <summary>Has the threads go on until they have ended, or somebody has failed.</summary>
    internal void Go()
    {
        Controlled? first = Next(null);
        if (first is null)
        {
            return;
        }

        first.Turn.Release();
        _ended.Wait();
    }

    /// <summary>Whether an operation is to do less than it says.</summary>
    internal bool IsWeak(string operation, Site site) => weakness is not null && weakness.IsAt(operation, site);

    /// <summary>Where a location is, if it is in one of the objects that are shared.</summary>
    internal Place? Find(ref byte location)
    {
        for (int i = 0; i < _shared.Count; i++)
        {
            var (owner, size) = _shared[i];
            nint offset = System.Runtime.CompilerServices.Unsafe.ByteOffset(ref Place.First(owner), ref location);
            if (offset >= 0 && offset < size)
            {
                return new Place(owner, offset, i);
            }
        }

        return null;
    }

    /// <summary>
    /// Another thread may go on before the calling one looks at <paramref name="target"/>; and what others have written to it may be seen from now on, or not
    /// yet. A write into the buffer needs no such point: it is of no consequence before it leaves it.
    /// </summary>
    internal void Look(Controlled current, object target, Step step)
    {
        if (target is not Place place || contention.IsAt(place, current))
        {
            Point(current);
        }

        Note(step);
        foreach (Controlled writer in _threads)
        {
            int written = writer == current ? 0 : writer.Stores.Count(store => store.Target.Equals(target));
            int seen = written == 0 ? 0 : schedule.Choose(written + 1);
            for (; seen > 0; seen--)
            {
                Commit(writer, target);
            }
        }
    }

    /// <summary>Another thread may go on.</summary>
    /// <param name="current">The thread that runs.</param>
    /// <param name="isSeen">Whether who goes on sees all that this one has written.</param>
    internal void Point(Controlled current, bool isSeen = false)
    {
        Controlled? next = Next(current);
        if (next is null)
        {
            Workers.Abandon();
        }

        if (next != current)
        {
            if (isSeen)
            {
                current.Commit();
            }

            next!.Turn.Release();
            current.Turn.Wait();
        }
    }

    /// <summary>
    /// Another thread may go on behind what the calling one has written to <paramref name="place"/>, and sees it: ordinary writes take effect at once, so that those which
    /// follow would otherwise overtake a store that is still in the buffer, which no processor of x64 lets happen.
    /// </summary>
    internal void Written(Controlled current, Place place)
    {
        if (pointsAfter && contention.IsAt(place, current))
        {
            Point(current, isSeen: true);
        }
    }

    /// <summary>A thread writes into its buffer.</summary>
    internal void Put(Controlled current, Place place, Store store, Step step)
    {
        contention.IsAt(place, current);
        Note(step);
        current.Stores.Enqueue(store);
    }

    /// <summary>Something happens that others do not look at.</summary>
    internal void Note(Step step)
    {
        if (++Moment > MostSteps)
        {
            Fail($"{MostSteps} operations, and no end");
        }

        _steps.Add(step);
    }

    /// <summary>The calling thread goes on when <paramref name="condition"/> holds. It changes nothing, and is looked at by any thread.</summary>
    internal void Wait(Controlled current, string operation, Func<bool> condition, bool isRest = false)
    {
        Note(new Step(current.Name, operation));
        current.Awaited = condition;
        current.IsResting = isRest;
        Point(current);
        current.Awaited = null;
        current.IsResting = false;
    }

    /// <summary>Ends the run with what is wrong; whoever calls goes no further.</summary>
    [DoesNotReturn]
    internal void Fail(string failure)
    {
        Failure ??= failure;
        _ended.Release();
        Workers.Abandon();
    }

    /// <summary>The next store of <paramref name="writer"/> to <paramref name="target"/> is seen, and what it wrote before.</summary>
    private void Commit(Controlled writer, object target)
    {
        Store store;
        do
        {
            store = writer.Stores.Dequeue();
            store.Commit();
            Note(new Step(writer.Name, $"its store of {store.Name} is seen"));
        }
        while (!store.Target.Equals(target));
    }

    private void Execute(Controlled thread)
    {
        thread.Turn.Wait();
        Controlled.Current = thread;
        try
        {
            thread.Body();
        }
        catch (Exception exception)
        {
            Fail($"{thread.Name} threw {exception.GetType().Name}: {exception.Message.Trim()}");
        }

        Note(new Step(thread.Name, "ends"));
        thread.IsDone = true;
        Controlled? next = Next(thread);
        Controlled.Current = null;
        next?.Turn.Release();
    }

    /// <summary>Who goes on; null if the run has ended.</summary>
    private Controlled? Next(Controlled? current)
    {
        while (true)
        {
            List<Controlled> able = [.. _threads.Where(static thread => thread.CanGoOn)];
            bool canStay = current is not null && able.Remove(current);
            if (canStay)
            {
                able.Insert(0, current!);
            }

            if (able.Count > 0)
            {
                Controlled next = ++_onEnd > MostOnEnd ? Other(able) : able[schedule.ChooseThread(able.Count, canStay)];
                _onEnd = next == current ? _onEnd : 0;
                return next;
            }

            if (!Rest(current))
            {
                return null;
            }
        }
    }

    /// <summary>Who spins does not keep others from what it waits for.</summary>
    private Controlled Other(List<Controlled> able)
    {
        _onEnd = 0;
        _threads.ForEach(static thread => thread.Commit());
        return able[^1];
    }

    /// <summary>Nobody can go on.</summary>
    /// <returns>Whether somebody can now.</returns>
    private bool Rest(Controlled? current)
    {
        // No store stays in its buffer for ever.
        _threads.ForEach(static thread => thread.Commit());
        if (_threads.Find(static thread => !thread.IsDone && !thread.IsResting) is { } stuck)
        {
            Fail($"{stuck.Name} waits for ever");
        }

        if (_atRest is { } check)
        {
            _atRest = null;
            Controlled.Current = null;
            try
            {
                check();
            }
            catch (Exception exception)
            {
                Fail(exception.Message);
            }

            Controlled.Current = current;
        }

        if (_ending is { } ending)
        {
            _ending = null;
            schedule.IsOver = true;
            Thread("the end", ending);
            return true;
        }

        if (_threads.Find(static thread => !thread.IsDone) is { } left)
        {
            Fail($"{left.Name} does not end");
        }

        _ended.Release();
        return false;
    }
}
