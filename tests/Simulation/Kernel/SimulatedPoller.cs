using System.Net;
using System.Net.Sockets;
using QContinuum.Buffers;
using QContinuum.Loops;

namespace QContinuum.Simulation.Tests.Kernel;

/// <summary>What a loop sees of a <see cref="SimulatedKernel"/>.</summary>
internal readonly struct SimulatedPoller(SimulatedKernel kernel) : IPoller
{
    public static nint Listen(Socket socket) => SimulatedKernel.ListenerHandle;

    public static nint Connect(Socket socket, EndPoint endpoint) => throw new NotSupportedException();

    public int Wait(int timeoutMilliseconds) => kernel.Wait(timeoutMilliseconds);

    public Readiness Event(int index, out ulong key) => kernel.Event(index, out key);

    public void Wake() => kernel.Wake();

    public void Add(nint handle, ulong key, Readiness interest) => kernel.Watch(handle, key, interest, isNew: true);

    public void Modify(nint handle, ulong key, Readiness interest) => kernel.Watch(handle, key, interest, isNew: false);

    public void Remove(nint handle) => kernel.Unwatch(handle);

    public nint Accept(nint listener, out SocketPeerAddress address) => kernel.Accept(out address);

    public unsafe int Receive(nint handle, byte* destination, int length) => kernel.Receive(handle, new Span<byte>(destination, length));

    public int Send(nint handle, Block chain) => kernel.Send(handle, chain);

    public bool WasReset(nint handle) => kernel.Find(handle).IsReset;

    public int Unconfirmed(nint handle) => kernel.Find(handle).ToClient.Count;

    public SocketError FinishConnect(nint handle) => throw new NotSupportedException();

    public void ShutdownWrite(nint handle) => kernel.ShutdownWrite(handle);

    public void Close(nint handle, bool reset)
    {
        Remove(handle);
        kernel.Close(handle, reset);
    }

    public void Discard(nint handle, bool reset) => kernel.Close(handle, reset);

    public void Dispose()
    {
    }
}
