namespace QContinuum.Runtime.Tests.Support;

/// <summary>Processors that declare no message at all and send every frame back as it came.</summary>
internal static class Forwarder
{
    public static Processor Run(Threading threading) => threading == Threading.Queued ? new QueuedForwarder() : new InlineForwarder();
}

[Processor(Threading.Queued)]
public sealed partial class QueuedForwarder
{
    [Unhandled]
    private void Any(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body) => peer.Forward(in header, body);
}

[Processor(Threading.Inline)]
public sealed partial class InlineForwarder
{
    [Unhandled]
    private void Any(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body) => peer.Forward(in header, body);
}
