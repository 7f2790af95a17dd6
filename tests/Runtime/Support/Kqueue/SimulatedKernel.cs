using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Support.Kqueue;

/// <summary>
/// A machine that has kqueue(2): the sockets are those of this one, which has epoll; what is told of them is what the manual of the other says.
/// </summary>
/// <param name="eventSize"><c>sizeof(struct kevent)</c>.</param>
/// <param name="userFilter"><c>EVFILT_USER</c>.</param>
/// <param name="cutsMarks">Whether a low-water mark above the size of a buffer is that size.</param>
internal sealed class SimulatedKernel(int eventSize, short userFilter, bool cutsMarks)
{
    private readonly ConcurrentDictionary<int, SimulatedQueue> _queues = new();
    private int _told;

    public int EventSize => eventSize;

    public short UserFilter => userFilter;

    public bool CutsMarks => cutsMarks;

    /// <summary>Things that happened and that somebody was told of.</summary>
    public int Told => Volatile.Read(ref _told);

    public static SimulatedKernel MacOS() => new(eventSize: 32, userFilter: -10, cutsMarks: true);

    public static SimulatedKernel FreeBSD() => new(eventSize: 64, userFilter: -11, cutsMarks: false);

    public int Create()
    {
        SimulatedQueue queue = new(this);
        _queues[queue.Descriptor] = queue;
        return queue.Descriptor;
    }

    public SimulatedQueue? Find(int queue) => _queues.GetValueOrDefault(queue);

    public void Close(int queue)
    {
        if (_queues.TryRemove(queue, out SimulatedQueue? found))
        {
            found.Dispose();
        }
    }

    public void CountTold(int count) => Interlocked.Add(ref _told, count);

    /// <summary>A signal comes: every wait, the present or the next one, is interrupted once.</summary>
    public void Interrupt()
    {
        foreach (SimulatedQueue queue in _queues.Values)
        {
            queue.Interrupt();
        }
    }

    /// <summary>A system call failed.</summary>
    public static int Fail(int error)
    {
        Marshal.SetLastPInvokeError(error);
        return -1;
    }
}
