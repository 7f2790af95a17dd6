namespace QContinuum.Interleavings.Tests.Exploring;

/// <summary>
/// Who goes on, decision by decision. All schedules with at most so many switches that need not be are gone through, depth first; a thread that waits or has
/// ended, and a store that becomes visible, cost nothing.
/// </summary>
internal sealed class Schedule(int mostSwitches)
{
    private readonly List<(int Chosen, int Count)> _choices = [];
    private int _next;
    private int _switches;

    /// <summary>What follows is no part of what is explored.</summary>
    internal bool IsOver { get; set; }

    /// <summary>Which of <paramref name="able"/> threads goes on.</summary>
    /// <param name="able">How many there are.</param>
    /// <param name="canStay">Whether the first is the one that ran last, so that another one is a switch that need not be.</param>
    internal int ChooseThread(int able, bool canStay)
    {
        int chosen = canStay && _switches == mostSwitches ? 0 : Choose(able);
        _switches += canStay && chosen > 0 ? 1 : 0;
        return chosen;
    }

    /// <summary>One of so many.</summary>
    internal int Choose(int count)
    {
        if (IsOver || count == 1)
        {
            return 0;
        }

        if (_next == _choices.Count)
        {
            _choices.Add((0, count));
        }
        else if (_choices[_next].Count != count)
        {
            throw new InvalidOperationException("The same decisions led elsewhere: the scenario depends on something else.");
        }

        return _choices[_next++].Chosen;
    }

    /// <summary>Goes over to the next schedule.</summary>
    /// <returns>False when there is none.</returns>
    internal bool Advance()
    {
        _next = 0;
        _switches = 0;
        IsOver = false;
        while (_choices.Count > 0)
        {
            var (chosen, count) = _choices[^1];
            if (chosen + 1 < count)
            {
                _choices[^1] = (chosen + 1, count);
                return true;
            }

            _choices.RemoveAt(_choices.Count - 1);
        }

        return false;
    }

    /// <summary>The choices that were not the first, each with its place.</summary>
    public override string ToString()
        => string.Join(' ', _choices.Index().Where(static choice => choice.Item.Chosen > 0).Select(static choice => $"{choice.Index}:{choice.Item.Chosen}"));
}
