using Microsoft.Extensions.Time.Testing;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Deadlines;

/// <summary>A server whose clock the test moves.</summary>
internal sealed class TimedServer : IAsyncDisposable
{
    private TestServer _server = null!;

    private TimedServer(Script script) => Script = script;

    public Script Script { get; }

    public FakeTimeProvider Clock { get; } = new();

    public Journal<string> Log => _server.Log;

    public static Task<TimedServer> StartAsync(Threading threading, PeerOptions? options = null, Script? script = null)
        => StartAsync(Transport.Tcp, threading, options, script);

    public static Task<TimedServer> StartAsync(Transport transport, Threading threading, PeerOptions? options = null, Script? script = null)
    {
        script ??= new Script();
        return StartAsync(transport, script.Run(threading), script, options);
    }

    public static Task<TimedServer> StartAsync(Processor processor, Script script, PeerOptions? options = null)
        => StartAsync(Transport.Tcp, processor, script, options);

    /// <summary>A processor that tells a script who closes, and answers <see cref="Raw"/>.</summary>
    public static async Task<TimedServer> StartAsync(Transport transport, Processor processor, Script script, PeerOptions? options = null)
    {
        var timed = new TimedServer(script);
        timed._server = await TestServer.StartAsync(
            transport,
            processor,
            new PeerServerOptions { Loops = 1, TimeProvider = timed.Clock, Peers = options ?? new PeerOptions() });
        return timed;
    }

    public Task<RawClient> ConnectAsync(int receiveBuffer = 0) => _server.ConnectAsync(receiveBuffer);

    public Task<Peer> AcceptAsync() => _server.Server.AcceptAsync();

    /// <summary>The server has seen what was sent to it; then time passes; then the server has seen that.</summary>
    public async Task PassAsync(double seconds)
    {
        await _server.SettleAsync();
        Clock.Advance(TimeSpan.FromSeconds(seconds));

        // The turn that answers the first time is the one that looks at the clock afterwards.
        await _server.SettleAsync();
        await _server.SettleAsync();
    }

    /// <summary>The peers that closed so far, but for the one that <see cref="PassAsync"/> needs.</summary>
    public IEnumerable<CloseReason> Reasons => Script.Closings.All.Select(static closing => closing.Reason);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
