using System.Net.Sockets;

namespace QContinuum.Runtime.Tests.Support.Transports;

/// <summary>What a bare client does with bytes, whatever carries them. What fails is a <see cref="SocketException"/>.</summary>
internal abstract class Wire : IDisposable
{
    /// <summary>Sends some of the bytes, one at least.</summary>
    public abstract Task<int> SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Receives some bytes; 0 at the end.</summary>
    public abstract Task<int> ReceiveAsync(Memory<byte> bytes);

    /// <summary>Sends what there is room for now.</summary>
    public abstract int TrySend(ReadOnlySpan<byte> bytes);

    public abstract void FinishSending();

    /// <summary>Ends the connection at once, for both sides.</summary>
    public abstract void Reset();

    public abstract void Dispose();
}
