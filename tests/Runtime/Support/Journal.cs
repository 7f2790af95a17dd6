using System.Collections.Concurrent;
using System.Threading.Channels;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>What happened, in the order in which it happened: written by handlers, read and awaited by tests.</summary>
public sealed class Journal<T>
{
    private readonly ConcurrentQueue<T> _all = new();
    private readonly Channel<T> _unread = Channel.CreateUnbounded<T>();

    public IReadOnlyList<T> All => [.. _all];

    public void Add(T entry)
    {
        _all.Enqueue(entry);
        Assert.True(_unread.Writer.TryWrite(entry));
    }

    /// <summary>The next entry that no one has read.</summary>
    public Task<T> NextAsync() => _unread.Reader.ReadAsync().Guarded();

    public async Task<T[]> NextAsync(int count)
    {
        T[] entries = new T[count];
        for (int i = 0; i < count; i++)
        {
            entries[i] = await NextAsync();
        }

        return entries;
    }
}
