using System.Net.Sockets;

namespace QContinuum.Runtime.Tests.Support.Transports;

internal sealed class SocketWire(Socket socket) : Wire
{
    public Socket Socket => socket;

    public override Task<int> SendAsync(ReadOnlyMemory<byte> bytes) => socket.SendAsync(bytes).AsTask();

    public override Task<int> ReceiveAsync(Memory<byte> bytes) => socket.ReceiveAsync(bytes).AsTask();

    public override int TrySend(ReadOnlySpan<byte> bytes)
    {
        socket.Blocking = false;
        int sent = socket.Send(bytes, SocketFlags.None, out SocketError error);
        return error switch
        {
            SocketError.Success => sent,
            SocketError.WouldBlock => 0,
            _ => throw new SocketException((int)error),
        };
    }

    public override void FinishSending() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>A unix domain socket resets when it is closed with bytes that it has not read, or when the other side writes afterwards.</summary>
    public override void Reset()
    {
        if (socket.AddressFamily != AddressFamily.Unix)
        {
            socket.LingerState = new LingerOption(true, 0);
        }

        socket.Dispose();
    }

    public override void Dispose() => socket.Dispose();
}
