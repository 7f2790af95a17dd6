using QContinuum.Processors;

namespace QContinuum.Interleavings.Tests.Support;

/// <summary>Notes how its peers open and close, for one peer.</summary>
internal sealed class CountingProcessor(Threading threading) : Processor
{
    /// <summary>What was called: Opened, or the reason of Closed.</summary>
    internal List<string> Calls { get; } = [];

    protected override Threading DispatchThreading => threading;

    protected override HeaderCodec DispatchHeader => null!;

    protected override void DispatchOpened(Peer peer) => Calls.Add("Opened");

    protected override int DispatchReceived(Peer peer, ReadOnlyMemory<byte> received) => received.Length;

    protected override void DispatchClosed(Peer peer, CloseReason reason) => Calls.Add(reason.ToString());
}
