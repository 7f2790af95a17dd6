using System.Runtime.CompilerServices;
using QContinuum.Processors;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There the cells of the ring still pointed to what had been taken from them: a thousand dead buffers a peer.</summary>
public sealed class What_was_handled_is_not_kept
{
    [Fact]
    public void By_the_queue_it_came_through()
    {
        PumpQueue<object> queue = new(8);
        WeakReference handled = Handle(queue);

        GC.Collect();

        Assert.False(handled.IsAlive);
        GC.KeepAlive(queue);
    }

    /// <summary>In a method of its own, so that no local of the caller keeps the item alive.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Handle(PumpQueue<object> queue)
    {
        Assert.True(queue.TryEnqueue(new object()));
        Assert.True(queue.TryDequeue(out object item));
        return new WeakReference(item);
    }
}
