namespace QContinuum.Simulation.Tests.World;

/// <summary>What happened to one peer: it opened, a message with a number was handled, it closed with a reason; each by one of two processors.</summary>
internal readonly record struct Entry(string Processor, int? Number = null, CloseReason? Closed = null)
{
    internal bool IsOpened => Number is null && Closed is null;
}

/// <summary>What happened to all peers, in order.</summary>
internal sealed class Journal(Action<string> trace)
{
    private readonly Dictionary<int, List<Entry>> _entries = [];

    private readonly HashSet<(int Port, int Number)> _moves = [];

    /// <summary>The handler of a message redirected its peer.</summary>
    internal void NoteMove(int port, int number) => _moves.Add((port, number));

    internal bool HasMoved(int port, int number) => _moves.Contains((port, number));

    internal IReadOnlyList<Entry> Of(int port) => _entries.GetValueOrDefault(port) ?? [];

    internal void Note(int port, Entry entry)
    {
        trace($"{entry.Processor}, client {port}: {(entry.IsOpened ? "opened" : entry.Number is { } number ? $"message {number}" : $"closed, {entry.Closed}")}");
        if (!_entries.TryGetValue(port, out List<Entry>? entries))
        {
            _entries.Add(port, entries = []);
        }

        entries.Add(entry);
    }
}
