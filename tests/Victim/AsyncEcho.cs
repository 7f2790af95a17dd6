using QContinuum;

namespace Victim;

/// <summary>Answers every message after it has been elsewhere: each is copied, the lane is held, and what follows waits.</summary>
[Processor]
public sealed partial class AsyncEcho
{
    [Handles]
    private static async ValueTask On(Peer peer, Owned<Bytes> bytes)
    {
        using (bytes)
        {
            await Task.Yield();
            await peer.SendAsync(bytes.Value, peer.Aborted);
        }
    }

    [Unhandled]
    private static void Other(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body) => peer.Forward(in header, body);
}
