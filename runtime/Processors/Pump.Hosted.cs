namespace QContinuum.Processors;

/// <summary>Takes the steps of pumps in place of threads: for a simulation, all of which is one thread.</summary>
internal interface IPumpHost
{
    /// <summary>Places in the queue of a pump: a power of two.</summary>
    int Capacity { get; }

    /// <summary>The pump is to run: from now on <see cref="Pump.Step"/> is called while it is awake, until it says that the pump has ended. Any thread.</summary>
    void Begin(Pump pump);
}

/// <summary>The pump as its host sees it: all that its thread would do, in steps between which others may do something.</summary>
internal sealed partial class Pump
{
    private bool _hasFoundNothing;

    /// <summary>Whether a step does anything: not while it sleeps.</summary>
    internal bool IsAwake => Volatile.Read(ref _sleeping) == 0;

    /// <summary>
    /// A turn; or, after one in which nothing was to be done, the end, or the beginning of sleep: whoever puts something in between the two is not to be overlooked.
    /// The calling thread is the pump's meanwhile. Host only.
    /// </summary>
    /// <param name="mostItems">Items of the turn, at most.</param>
    /// <returns>False when it has ended.</returns>
    internal bool Step(int mostItems) => As(this, () => TakeStep(mostItems));

    private bool TakeStep(int mostItems)
    {
        if (!_hasFoundNothing)
        {
            _hasFoundNothing = !Turn(mostItems, long.MaxValue);
            return true;
        }

        _hasFoundNothing = false;
        if (TryEnd())
        {
            return false;
        }

        Park();
        return true;
    }
}
