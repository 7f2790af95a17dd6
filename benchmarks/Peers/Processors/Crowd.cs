using Echo.Messages;

namespace QContinuum.Benchmarks.Processors;

/// <summary>Sends what one says to everybody.</summary>
[Processor(Threading.Inline)]
public sealed partial class Crowd
{
    private readonly Group _all = new();

    [Opened]
    private void Joined(Peer peer) => _all.Add(peer);

    [Handles]
    private void On(Peer peer, Bytes bytes) => _all.Send(bytes);
}
