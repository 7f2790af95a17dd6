using System.Runtime.CompilerServices;

namespace QContinuum.Runtime.Tests.Sending;

/// <summary>One waits for long to pass something on, and many come behind it and give up: what they took is given back before its turn.</summary>
public sealed class Who_gives_up_passing_on_leaves_nothing_behind
{
    [Fact]
    public void While_another_waits()
    {
        ForwardLine line = new();
        LinkedListNode<TaskCompletionSource> first = line.Join();
        WeakReference givenUp = JoinAndLeave(line);
        LinkedListNode<TaskCompletionSource> last = line.Join();

        GC.Collect();

        Assert.False(givenUp.IsAlive);
        Assert.True(first.Value.Task.IsCompleted);
        Assert.False(last.Value.Task.IsCompleted);
        line.Leave(first);
        Assert.True(last.Value.Task.IsCompleted);
        line.Leave(last);
        Assert.True(line.IsEmpty);
    }

    /// <remarks>A method of its own: what it has had no longer has a place on the stack.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference JoinAndLeave(ForwardLine line)
    {
        LinkedListNode<TaskCompletionSource> place = line.Join();
        line.Leave(place);
        return new WeakReference(place.Value);
    }
}
