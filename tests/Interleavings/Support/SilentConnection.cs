using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Transports;

namespace QContinuum.Interleavings.Tests.Support;

/// <summary>A connection whose other side takes everything and says nothing.</summary>
internal class SilentConnection(EventLoop loop, IConnectionOwner owner, PeerOptions options) : Connection(loop, owner, options)
{
    /// <summary>What was sent, byte by byte.</summary>
    internal List<byte> Sent { get; } = [];

    protected override void Start()
    {
        Loop.Add(this);
        Loop.CountConnection(1);
        Open(Readiness.Readable);
    }

    protected override int Send(Block chain)
    {
        int sent = Sent.Count;
        for (Block? block = chain; block is not null; block = block.Next)
        {
            Sent.AddRange(block.Memory(block.Start, block.Length).Span);
        }

        return Sent.Count - sent;
    }

    protected override int Receive(Block block, int most) => -(int)IoError.WouldBlock;

    protected override void CloseHandle(bool reset) => Loop.Remove(this);

    protected override bool WasReset() => true;

    protected override int Unconfirmed() => 0;

    protected override void FinishConnecting() => throw new NotSupportedException();

    protected override void ShutdownWrite()
    {
    }

    protected override void Watch(Readiness interest)
    {
    }

    protected override void Suspend()
    {
    }
}
