using System.Diagnostics.CodeAnalysis;
using QContinuum.Interleavings.Tests.Exploring;

namespace System.Collections.Concurrent;

/// <summary>
/// Before something is taken out, or looked for, another thread may go on. The framework promises no fence where something is put in: others see it later, as any store.
/// </summary>
internal sealed class ConcurrentQueue<T>
{
    private readonly Queue<T> _items = new();

    internal bool IsEmpty => Seen(nameof(IsEmpty)) == 0;

    internal int Count => Seen(nameof(Count));

    internal void Enqueue(T item)
    {
        if (Controlled.Current is { } current)
        {
            current.Run.Note(Step(current, nameof(Enqueue)));
            current.Stores.Enqueue(new Put(_items, item));
        }
        else
        {
            _items.Enqueue(item);
        }
    }

    internal bool TryDequeue([MaybeNullWhen(false)] out T item)
    {
        if (Controlled.Current is { } current)
        {
            current.Run.Look(current, _items, Step(current, nameof(TryDequeue)));
            if (_items.Count > 0 || current.Stores.Any(store => store.Target == _items))
            {
                current.Commit();
            }
        }

        return _items.TryDequeue(out item);
    }

    internal void Clear()
    {
        while (TryDequeue(out _))
        {
        }
    }

    private int Seen(string operation)
    {
        Controlled? current = Controlled.Current;
        current?.Run.Look(current, _items, Step(current, operation));
        return _items.Count + (current?.Stores.Count(store => store.Target == _items) ?? 0);
    }

    private static Step Step(Controlled current, string operation) => new(current.Name, $"{operation} of a queue");

    private sealed class Put(Queue<T> items, T item) : Store("a queue")
    {
        internal override object Target => items;

        internal override void Commit() => items.Enqueue(item);
    }
}
