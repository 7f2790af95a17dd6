using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Support.Kqueue;

/// <summary>The system calls of a <see cref="SimulatedKernel"/>: events as bytes, in the layout of its machine.</summary>
internal readonly unsafe struct SimulatedKqueue(SimulatedKernel kernel) : IKqueue
{
    public int EventSize => kernel.EventSize;

    public short UserFilter => kernel.UserFilter;

    public int Create() => kernel.Create();

    public int Control(int queue, byte* changes, int changeCount, byte* events, int eventCount, KernelTime* timeout)
    {
        if (kernel.Find(queue) is not { } found)
        {
            return SimulatedKernel.Fail(Kevents.BadDescriptor);
        }

        // Copied first: changes and events may be the same memory.
        KernelEvent[] asked = new KernelEvent[changeCount];
        for (int i = 0; i < asked.Length; i++)
        {
            asked[i] = *(KernelEvent*)(changes + (i * EventSize));
        }

        KernelEvent[] told = new KernelEvent[eventCount];
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
