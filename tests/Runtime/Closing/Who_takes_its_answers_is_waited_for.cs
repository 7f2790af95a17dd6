using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;
using QContinuum.Transports;

namespace QContinuum.Runtime.Tests.Closing;

/// <summary>
/// What a client says after its connection was closed destroys what it has not taken: so that is not closed while it takes something again and again, even if all is written.
/// </summary>
public sealed class Who_takes_its_answers_is_waited_for
{
    /// <summary>Twenty of them, less than a tenth of a second shorter than who takes nothing is waited for.</summary>
    private const double StepSeconds = 1.9;
    private const int Steps = 20;

    /// <summary>The kernel takes twice as much, and says that it has room again when half of that is free.</summary>
    private const int ReceiveBuffer = 64 * 1024;
    private static readonly byte[] Answer = Frames.Pattern(10_000, seed: 4);
    private static readonly byte[] Word = Frames.Raw(1, 2, 3, 4);

    [Theory, EachLine]
    public async Task When_its_server_stops(Transport transport, Threading threading)
    {
        FakeTimeProvider clock = new();
        Script script = new();
        await using TestServer server = await StartAsync(transport, threading, script, clock, TimeSpan.FromMinutes(1));
        using RawClient client = await server.ConnectAsync(ReceiveBuffer);
        Peer peer = await script.Peers.NextAsync();
        Connection connection = await peer.ConnectionAsync();
        EventLoop loop = connection.Loop;
        int bytes = await server.FillAsync(peer, Answer) * (Frames.HeaderSize + Answer.Length);

        Task stopping = server.Server.StopAsync();
        await Guard.UntilAsync(() => connection.Extras.EndsBy != 0);
        await TakeAsync(client, clock, loop, transport, bytes, StepSeconds);
        await stopping.Guarded();
        Assert.Equal(CloseReason.Stopped, await peer.Completion.Guarded());
    }

    [Theory, EachLine]
    public async Task When_it_is_closed(Transport transport, Threading threading)
    {
        FakeTimeProvider clock = new();
        Script script = new();
        await using TestServer server = await StartAsync(transport, threading, script, clock, TimeSpan.FromSeconds(1));
        using RawClient client = await server.ConnectAsync(ReceiveBuffer);
        Peer peer = await script.Peers.NextAsync();
        Connection connection = await peer.ConnectionAsync();
        EventLoop loop = connection.Loop;
        int bytes = await server.FillAsync(peer, Answer) * (Frames.HeaderSize + Answer.Length);

        peer.Close();
        await Guard.UntilAsync(() => connection.Extras.EndsBy != 0);
        await TakeAsync(client, clock, loop, transport, bytes, StepSeconds * 0.75);
    }

    /// <summary>However steadily it takes a little: a connection that ends is not held for ever.</summary>
    [Theory, EachLine]
    public async Task But_for_half_a_minute_at_most(Transport transport, Threading threading)
    {
        FakeTimeProvider clock = new();
        Script script = new();
        await using TestServer server = await StartAsync(transport, threading, script, clock, TimeSpan.FromSeconds(1));
        using RawClient client = await server.ConnectAsync(ReceiveBuffer);
        Peer peer = await script.Peers.NextAsync();
        Connection connection = await peer.ConnectionAsync();
        EventLoop loop = connection.Loop;
        int bytes = await server.FillAsync(peer, Answer) * (Frames.HeaderSize + Answer.Length);
        peer.Close();
        await Guard.UntilAsync(() => connection.Extras.EndsBy != 0);

        for (double seconds = 0; seconds < 33 && await IsTakenAsync(client, bytes / 40); seconds += StepSeconds)
        {
            clock.Advance(TimeSpan.FromSeconds(StepSeconds));
            await loop.TurnAsync();
        }

        await Guard.UntilAsync(() => loop.Connections == 0);
    }

    [Theory, EachLine]
    public async Task Or_for_as_long_as_its_server_has(Transport transport, Threading threading)
    {
        FakeTimeProvider clock = new();
        Script script = new();
        await using TestServer server = await StartAsync(transport, threading, script, clock, TimeSpan.FromSeconds(5));
        using RawClient client = await server.ConnectAsync(ReceiveBuffer);
        Peer peer = await script.Peers.NextAsync();
        Connection connection = await peer.ConnectionAsync();
        EventLoop loop = connection.Loop;
        int bytes = await server.FillAsync(peer, Answer) * (Frames.HeaderSize + Answer.Length);
        Task stopping = server.Server.StopAsync();
        await Guard.UntilAsync(() => connection.Extras.EndsBy != 0);

        while (await IsTakenAsync(client, bytes / 100))
        {
            clock.Advance(TimeSpan.FromSeconds(StepSeconds));
            await loop.TurnAsync();
            // Some steps may be over before the server begins to count its time; in a hundred, all would have been taken.
            Assert.InRange(clock.GetUtcNow() - clock.Start, TimeSpan.Zero, TimeSpan.FromSeconds(100));
        }

        await Guard.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return stopping.IsCompleted;
        });
    }

    private static Task<TestServer> StartAsync(Transport transport, Threading threading, Script script, FakeTimeProvider clock, TimeSpan drain)
        => TestServer.StartAsync(transport, script.Run(threading), new PeerServerOptions { Loops = 1, TimeProvider = clock, DrainTimeout = drain });

    /// <summary>Takes all of it in many steps, and says something with each, where the poller can tell that it does; elsewhere the kernel delivers to who is silent.</summary>
    private static async Task TakeAsync(RawClient client, FakeTimeProvider clock, EventLoop loop, Transport transport, int bytes, double stepSeconds)
    {
        bool talks = Pollers.Default != Pollers.Portable || transport is Transport.Memory or Transport.TcpOnKqueue;
        if (!talks)
        {
            // Nor is it told before the kernel has much room again: all must be taken before nothing seems to have been for half a minute.
            stepSeconds = StepSeconds / 2;
        }

        byte[] answer = Frames.Raw(Answer);
        byte[] all = new byte[bytes];
        // Less than the kernel keeps together, of which it says that it is taken only once all of it is, would be no step.
        int step = Math.Max((bytes / Steps) + 1, transport is Transport.Memory ? 0 : ReceiveBuffer * 2);
        for (int taken = 0; taken < bytes;)
        {
            // What is left at last is in the hands of its own kernel, and of no concern to the server.
            if (talks && bytes - taken > 2 * step)
            {
                client.TrySend(Word);
            }

            step = Math.Min(step, bytes - taken);
            (await client.ReceiveAsync(step)).CopyTo(all, taken);
            taken += step;
            clock.Advance(TimeSpan.FromSeconds(stepSeconds));
            await loop.TurnAsync();
        }

        Assert.Equal(Frames.Join(Enumerable.Repeat(answer, bytes / answer.Length)), all);
        Assert.Empty(await client.ReceiveToEndAsync());
        client.Dispose();
    }

    private static async Task<bool> IsTakenAsync(RawClient client, int bytes)
    {
        try
        {
            client.TrySend(Word);
            await client.ReceiveAsync(bytes);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
