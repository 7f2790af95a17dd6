namespace Chat;

/// <summary>The nicks that the client has met, for completion. Any thread.</summary>
internal sealed class Nicks
{
    private readonly Lock _gate = new();
    private readonly SortedSet<string> _nicks = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The nicks of this moment, sorted.</summary>
    public string[] All
    {
        get
        {
            lock (_gate)
            {
                return [.. _nicks];
            }
        }
    }

    /// <summary>These are all: those of before are forgotten.</summary>
    public void Reset(IEnumerable<string> nicks)
    {
        lock (_gate)
        {
            _nicks.Clear();
            _nicks.UnionWith(nicks);
        }
    }

    /// <summary>There is somebody.</summary>
    public void Add(string nick)
    {
        lock (_gate)
        {
            if (_nicks.Count < Bounds.MaxListed)
            {
                _nicks.Add(nick);
            }
        }
    }
}
