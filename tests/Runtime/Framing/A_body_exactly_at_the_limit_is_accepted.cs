using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Framing;

public sealed class A_body_exactly_at_the_limit_is_accepted
{
    private const int Limit = 1000;

    private static readonly PeerServerOptions Limited = new() { Loops = 1, Peers = new PeerOptions { MaxMessageSize = Limit } };

    [Theory, EachLine]
    public async Task Exactly_at_the_limit(Transport transport, Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new Script().Run(threading), Limited);
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(Frames.Pattern(Limit, seed: 1)));
    }

    /// <summary>The header alone decides: no byte of the body is sent.</summary>
    [Theory, EachLine]
    public async Task One_byte_more_closes_the_peer(Transport transport, Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Limited);
        using RawClient client = await server.ConnectAsync();

        Assert.Equal(Limit, (await script.Peers.NextAsync()).MaxMessageSize);
        await client.SendAsync(Frames.Header(Limit + 1, id: 5));

        Assert.Equal(CloseReason.TooLong, (await script.Closings.NextAsync()).Reason);
        await client.EndedAsync();
    }
}
