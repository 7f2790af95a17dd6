using Microsoft.Extensions.Time.Testing;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Pulling;

/// <summary>A server whose peers are read by hand, and whose clock the test moves.</summary>
internal sealed class TimedPullServer : IAsyncDisposable
{
    private TestServer _server = null!;

    public FakeTimeProvider Clock { get; } = new();

    public static Task<TimedPullServer> StartAsync(Transport transport, PeerOptions? options = null)
        => StartAsync(transport, new PullProcessor<MessageHeader>(), options);

    public static async Task<TimedPullServer> StartAsync(Transport transport, Processor processor, PeerOptions? options = null)
    {
        TimedPullServer timed = new();
        timed._server = await TestServer.StartAsync(
            transport,
            processor,
            new PeerServerOptions { Loops = 1, TimeProvider = timed.Clock, Peers = options ?? new PeerOptions() });
        return timed;
    }

    public Task<(RawClient Client, Peer Peer)> ConnectAsync() => PullLine.ConnectAsync(_server);

    /// <summary>The server has seen what was sent to it; then time passes; then the server has seen that.</summary>
    public async Task PassAsync(double seconds)
    {
        await TurnAsync();
        Clock.Advance(TimeSpan.FromSeconds(seconds));

        // The turn that accepts the first of them is the one that looks at the clock afterwards.
        await TurnAsync();
        await TurnAsync();
    }

    /// <summary>Others come to the same loop, one after another, and go: each is accepted behind everything that was ready before.</summary>
    private async Task TurnAsync()
    {
        await PoolThreads.CatchUpAsync();
        for (int i = 0; i < 2; i++)
        {
            (RawClient client, Peer peer) = await ConnectAsync();
            peer.Abort();
            client.Dispose();
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
