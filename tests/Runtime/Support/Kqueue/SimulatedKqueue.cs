using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Support.Kqueue;

/// <summary>The system calls of a <see cref="SimulatedKernel"/>: events as bytes, in the layout of its machine.</summary>
internal readonly unsafe struct SimulatedKqueue(SimulatedKernel kernel) : IKqueue
{
    private const int MostAtOnce = 256;

    public int EventSize => kernel.EventSize;

    public short UserFilter => kernel.UserFilter;

    public int Create() => kernel.Create();

    public int Control(int queue, byte* changes, int changeCount, byte* events, int eventCount, KernelTime* timeout)
    {
        if (kernel.Find(queue) is not { } found)
        {
            return SimulatedKernel.Fail(Kevents.BadDescriptor);
        }

        // Copied first, since changes and events may be the same memory; and on the stack, so that whoever counts what a loop allocates finds nothing.
        Assert.InRange(changeCount, 0, MostAtOnce);
        Assert.InRange(eventCount, 0, MostAtOnce);
        Span<KernelEvent> asked = stackalloc KernelEvent[changeCount];
        for (int i = 0; i < asked.Length; i++)
        {
            asked[i] = *(KernelEvent*)(changes + (i * EventSize));
        }

        Span<KernelEvent> told = stackalloc KernelEvent[eventCount];
        int count = found.Control(asked, told, timeout is null ? null : *timeout);
        for (int i = 0; i < count; i++)
        {
            new Span<byte>(events + (i * EventSize), EventSize).Clear();
            *(KernelEvent*)(events + (i * EventSize)) = told[i];
        }

        return count;
    }

    public void Close(int queue) => kernel.Close(queue);
}
