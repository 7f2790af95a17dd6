namespace QContinuum;

/// <summary>Those who wait to pass something on to one peer, one behind another. Under its <see cref="Gate"/>, but <see cref="Leave"/>.</summary>
internal sealed class ForwardLine
{
    /// <summary>Those who are there; the first of them has its turn. Who leaves from the midst leaves nothing behind: many may give up while one waits for long.</summary>
    private readonly LinkedList<TaskCompletionSource> _places = [];

    /// <summary>Held by who looks whether there is room, until it has queued what it has: of several at once none finds the same room.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Whether nobody waits.</summary>
    internal bool IsEmpty => _places.Count == 0;

    /// <summary>Waits behind all who are there.</summary>
    /// <returns>Its place, to be given to <see cref="Leave"/>; it completes when those who are before it have had their turn, and does not fail.</returns>
    internal LinkedListNode<TaskCompletionSource> Join()
    {
        LinkedListNode<TaskCompletionSource> place = _places.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        GiveTurn();
        return place;
    }

    /// <summary>It has had its turn, or has given up: then those behind it go on waiting for those before it. Any thread.</summary>
    internal void Leave(LinkedListNode<TaskCompletionSource> place)
    {
        lock (Gate)
        {
            _places.Remove(place);
            GiveTurn();
        }
    }

    private void GiveTurn() => _places.First?.Value.TrySetResult();
}
