using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Framing;

public sealed class A_body_exactly_at_the_limit_is_accepted
{
    private const int Limit = 1000;

    private static readonly PeerServerOptions Limited = new() { Loops = 1, Peers = new PeerOptions { MaxMessageSize = Limit } };

    [Theory, EachThreading]
    public async Task Exactly_at_the_limit(Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(new Script().Run(threading), Limited);
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(Frames.Pattern(Limit, seed: 1)));
    }

    /// <summary>The header alone decides: no byte of the body is sent.</summary>
    [Theory, EachThreading]
    public async Task One_byte_more_closes_the_peer(Threading threading)
    {
        var script = new Script();
        await using TestServer server = await TestServer.StartAsync(script.Run(threading), Limited);
        using RawClient client = await server.ConnectAsync();

        Assert.Equal(Limit, (await script.Peers.NextAsync()).MaxMessageSize);
        await client.SendAsync(Frames.Header(Limit + 1, id: 5));

        Assert.Equal(CloseReason.TooLong, (await script.Closings.NextAsync()).Reason);
        await client.EndedAsync();
    }
}
