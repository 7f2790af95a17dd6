using System.Net;
using System.Net.Sockets;
using QContinuum.Buffers;
using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Loops;

namespace QContinuum.Interleavings.Tests.Support;

/// <summary>A kernel in which nothing happens but that somebody is woken.</summary>
internal struct StillPoller() : IPoller
{
    private readonly Bell _bell = new();

    public static nint Listen(Socket socket) => throw new NotSupportedException();

    public static nint Connect(Socket socket, EndPoint endpoint) => throw new NotSupportedException();

    public readonly int Wait(int timeoutMilliseconds)
    {
        if (timeoutMilliseconds != 0)
        {
            Controlled current = Controlled.Current!;
            Bell bell = _bell;
            Assert.Equal(-1, timeoutMilliseconds);
            current.Run.Wait(current, "wait in the kernel", () => bell.IsRung, isRest: true);
        }

        _bell.IsRung = false;
        return 0;
    }

    public readonly void Wake()
    {
        if (Controlled.Current is { } current)
        {
            current.Run.Look(current, _bell, new Step(current.Name, "wake"));
            current.Commit();
        }

        Assert.False(_bell.IsDisposed, "a poller is woken after its end");
        _bell.IsRung = true;
    }

    public readonly void Dispose() => _bell.IsDisposed = true;

    public readonly Readiness Event(int index, out ulong key) => throw new NotSupportedException();

    public readonly void Add(nint handle, ulong key, Readiness interest) => throw new NotSupportedException();

    public readonly void Modify(nint handle, ulong key, Readiness interest) => throw new NotSupportedException();

    public readonly void Remove(nint handle) => throw new NotSupportedException();

    public readonly nint Accept(nint listener, out SocketPeerAddress address) => throw new NotSupportedException();

    public readonly unsafe int Receive(nint handle, byte* destination, int length) => throw new NotSupportedException();

    public readonly int Send(nint handle, Block chain) => throw new NotSupportedException();

    public readonly bool WasReset(nint handle) => throw new NotSupportedException();

    public readonly int Unconfirmed(nint handle) => throw new NotSupportedException();

    public readonly SocketError FinishConnect(nint handle) => throw new NotSupportedException();

    public readonly void ShutdownWrite(nint handle) => throw new NotSupportedException();

    public readonly void Close(nint handle, bool reset) => throw new NotSupportedException();

    public readonly void Discard(nint handle, bool reset) => throw new NotSupportedException();

    private sealed class Bell
    {
        internal bool IsRung { get; set; }

        internal bool IsDisposed { get; set; }
    }
}
