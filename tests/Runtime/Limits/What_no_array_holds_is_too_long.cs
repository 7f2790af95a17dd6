using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Limits;

/// <summary>A frame is gathered in one array, which is a little shorter than a length may be, whatever the application allows.</summary>
public sealed class What_no_array_holds_is_too_long
{
    private static readonly PeerServerOptions Boundless = new() { Loops = 1, Peers = new PeerOptions { MaxMessageSize = int.MaxValue } };

    [Theory, EachLine]
    public async Task And_refused_from_the_header_alone(Transport transport, Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Boundless);
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Header(int.MaxValue - Frames.HeaderSize, id: 5));

        Assert.Empty(await client.EndedAsync());
        Assert.Equal(CloseReason.TooLong, (await script.Closings.NextAsync()).Reason);
    }

    /// <summary>What an array holds is waited for: the message that follows is within it.</summary>
    [Theory, EachLine]
    public async Task And_what_one_holds_is_not(Transport transport, Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Boundless);
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();

        await client.SendAsync(Frames.Join(Frames.Header(Array.MaxLength - Frames.HeaderSize, id: 5), Frames.Raw(1)));
        await server.SettleAsync();
        client.FinishSending();

        Assert.Equal(CloseReason.Truncated, await peer.Completion.Guarded());
    }
}
