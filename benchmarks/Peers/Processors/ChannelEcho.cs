using System.Threading.Channels;
using Echo.Messages;

namespace QContinuum.Benchmarks.Processors;

/// <summary>
/// What one would write by hand for the same: a handler on the loop puts each message, which is a value, into a channel, and one reader answers. The channel is the
/// fastest there is: one reader, one writer, no bound, although a server would need one.
/// </summary>
[Processor(Threading.Inline)]
public sealed partial class ChannelEcho
{
    private readonly Channel<(Peer Peer, Quad Quad)> _messages =
        Channel.CreateUnbounded<(Peer Peer, Quad Quad)>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    public ChannelEcho() => _ = AnswerAsync();

    [Handles]
    private void On(Peer peer, in Quad quad) => _messages.Writer.TryWrite((peer, quad));

    private async Task AnswerAsync()
    {
        while (await _messages.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_messages.Reader.TryRead(out (Peer Peer, Quad Quad) message))
            {
                message.Peer.Send(message.Quad);
            }
        }
    }
}
