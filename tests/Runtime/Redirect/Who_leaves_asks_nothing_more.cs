using QContinuum.Pulling;
using QContinuum.Runtime.Tests.Requests;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;
using Ask = QContinuum.Runtime.Tests.Requests.Ask;
using Event = QContinuum.Runtime.Tests.Requests.Event;
using Line = QContinuum.Runtime.Tests.Requests.Line;

namespace QContinuum.Runtime.Tests.Redirect;

/// <summary>The peer is not read until the next processor has it: a Closed handler that waited for a reply would wait for itself.</summary>
public sealed class Who_leaves_asks_nothing_more
{
    [Theory, EachTransport]
    public async Task And_hears_so_at_once(Transport transport)
    {
        Leaving leaving = new(new PullProcessor<DeviceHeader>());
        await using TestServer server = await TestServer.StartAsync(transport, leaving);
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Line.Occur(1));

        Assert.Contains("Closed handler of a redirect", await leaving.Complaints.NextAsync(), StringComparison.Ordinal);
    }
}

/// <summary>Hands a peer on with its first message, and asks it when it goes.</summary>
[Processor<DeviceHeader>(Threading.Queued)]
internal sealed partial class Leaving(Processor next)
{
    public Journal<string> Complaints { get; } = new();

    [Handles]
    private void On(Peer peer, in Event message) => peer.Redirect(next);

    [Closed]
    private async ValueTask ClosedAsync(Peer peer, CloseReason reason)
    {
        if (reason != CloseReason.Redirected)
        {
            return;
        }

        await Task.Yield();
        try
        {
            await peer.RequestAsync(new Ask(1));
        }
        catch (InvalidOperationException exception)
        {
            Complaints.Add(exception.Message);
        }
    }
}
