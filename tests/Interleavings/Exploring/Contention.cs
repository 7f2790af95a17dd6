namespace QContinuum.Interleavings.Tests.Exploring;

/// <summary>
/// The places that more than one thread reads or writes, as far as is known: before what concerns one thread alone nobody else need go on. What a run adds
/// counts from the next one on, and then all is gone through anew.
/// </summary>
internal sealed class Contention
{
    private readonly HashSet<(int Owner, nint Offset)> _known = [];
    private readonly HashSet<(int Owner, nint Offset)> _found = [];
    private readonly Dictionary<(int Owner, nint Offset), Controlled> _first = [];

    /// <summary>Notes who is at a place.</summary>
    /// <returns>Whether it is known that others come there.</returns>
    internal bool IsAt(Place place, Controlled thread)
    {
        (int, nint) key = (place.Index, place.Offset);
        if (_known.Contains(key))
        {
            return true;
        }

        if (!_first.TryAdd(key, thread) && _first[key] != thread)
        {
            _found.Add(key);
        }

        return false;
    }

    /// <summary>A run is over.</summary>
    /// <returns>Whether it was found that others come to more places.</returns>
    internal bool Grow()
    {
        bool grows = _found.Count > 0;
        _known.UnionWith(_found);
        _found.Clear();
        _first.Clear();
        return grows;
    }
}
