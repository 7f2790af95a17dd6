using System.Diagnostics.CodeAnalysis;
using QContinuum;

namespace Chat;

/// <summary>The rooms that somebody is in: made when the first comes, gone when the last has left. Used on the processor's thread alone.</summary>
internal sealed class Rooms
{
    private readonly Dictionary<string, Group> _groups = new(Names.Comparer);

    /// <summary>The names of the rooms, sorted.</summary>
    public string[] All => [.. _groups.Keys.Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Finds a room, or makes it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="group">Who is in it.</param>
    /// <returns>False when it would be one room too many.</returns>
    public bool TryOpen(string name, [NotNullWhen(true)] out Group? group)
    {
        if (_groups.TryGetValue(name, out group))
        {
            return true;
        }

        if (_groups.Count == Bounds.MaxRooms)
        {
            return false;
        }

        _groups.Add(name, group = new Group());
        return true;
    }

    /// <summary>Finds a room.</summary>
    public bool TryGet(string? name, [NotNullWhen(true)] out Group? group)
    {
        group = null;
        return name is not null && _groups.TryGetValue(name, out group);
    }

    /// <summary>Forgets a room when nobody is in it.</summary>
    public void CloseIfEmpty(string name)
    {
        if (_groups.TryGetValue(name, out Group? group) && group.Count == 0)
        {
            _groups.Remove(name);
        }
    }
}
