using System.Net.Sockets;

namespace QContinuum.Runtime.Tests.Support.Transports;

internal sealed class MemoryWire(MemoryClientStream stream) : Wire
{
    public override async Task<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await stream.WriteAsync(bytes);
            return bytes.Length;
        }
        catch (IOException exception) when (exception.InnerException is SocketException inner)
        {
            throw inner;
        }
    }

    public override async Task<int> ReceiveAsync(Memory<byte> bytes)
    {
        try
        {
            return await stream.ReadAsync(bytes);
        }
        catch (IOException exception) when (exception.InnerException is SocketException inner)
        {
            throw inner;
        }
    }

    public override int TrySend(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return stream.TryWrite(bytes);
        }
        catch (IOException exception) when (exception.InnerException is SocketException inner)
        {
            throw inner;
        }
    }

    public override void FinishSending() => stream.CompleteWriting();

    public override void Reset() => stream.Reset();

    public override void Dispose() => stream.Dispose();
}
