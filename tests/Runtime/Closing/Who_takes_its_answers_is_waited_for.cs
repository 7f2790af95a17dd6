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
        await using Debt debt = await Debt.OpenAsync(transport, threading, TimeSpan.FromMinutes(1));
        Task stopping = debt.Server.StopAsync();
        await debt.EndsAsync();
        await debt.TakeAllAsync(StepSeconds);
        await stopping.Guarded();
        Assert.Equal(CloseReason.Stopped, await debt.Peer.Completion.Guarded());
    }

    [Theory, EachLine]
    public async Task When_it_is_closed(Transport transport, Threading threading)
    {
        await using Debt debt = await Debt.OpenAsync(transport, threading, TimeSpan.FromSeconds(1));
        debt.Peer.Close();
        await debt.EndsAsync();
        await debt.TakeAllAsync(StepSeconds * 0.75);
    }

    /// <summary>However steadily it takes a little: a connection that ends is not held for ever.</summary>
    [Theory, EachLine]
    public async Task But_for_half_a_minute_at_most(Transport transport, Threading threading)
    {
        await using Debt debt = await Debt.OpenAsync(transport, threading, TimeSpan.FromSeconds(1));
        debt.Peer.Close();
        await debt.EndsAsync();

        for (double seconds = 0; seconds < 33 && await debt.IsTakenAsync(debt.Bytes / 40); seconds += StepSeconds)
        {
            await debt.PassAsync(StepSeconds);
        }

        await Guard.UntilAsync(() => debt.Loop.Connections == 0);
    }

    [Theory, EachLine]
    public async Task Or_for_as_long_as_its_server_has(Transport transport, Threading threading)
    {
        await using Debt debt = await Debt.OpenAsync(transport, threading, TimeSpan.FromSeconds(5));
        Task stopping = debt.Server.StopAsync();
        await debt.EndsAsync();

        while (await debt.IsTakenAsync(debt.Bytes / 100))
        {
            await debt.PassAsync(StepSeconds);
            // Some steps may be over before the server begins to count its time; in a hundred, all would have been taken.
            Assert.InRange(debt.Clock.GetUtcNow() - debt.Clock.Start, TimeSpan.Zero, TimeSpan.FromSeconds(100));
        }

        await Guard.UntilAsync(() =>
        {
            debt.Clock.Advance(TimeSpan.FromSeconds(1));
            return stopping.IsCompleted;
        });
    }

    /// <summary>A peer that owes its client as many answers as it may, by a clock that the test moves.</summary>
    private sealed class Debt(Transport transport, FakeTimeProvider clock, TestServer server, RawClient client, Peer peer, Connection connection, int bytes) : IAsyncDisposable
    {
        public PeerServer Server => server.Server;

        public Peer Peer => peer;

        public EventLoop Loop => connection.Loop;

        public FakeTimeProvider Clock => clock;

        public int Bytes => bytes;

        public static async Task<Debt> OpenAsync(Transport transport, Threading threading, TimeSpan drain)
        {
            FakeTimeProvider clock = new();
            Script script = new();
            TestServer server = await TestServer.StartAsync(
                transport, script.Run(threading), new PeerServerOptions { Loops = 1, TimeProvider = clock, DrainTimeout = drain });
            RawClient client = await server.ConnectAsync(ReceiveBuffer);
            Peer peer = await script.Peers.NextAsync();
            Connection connection = await peer.ConnectionAsync();
            int bytes = await server.FillAsync(peer, Answer) * (Frames.HeaderSize + Answer.Length);
            return new Debt(transport, clock, server, client, peer, connection, bytes);
        }

        /// <summary>Completes when its connection has begun to end.</summary>
        public Task EndsAsync() => Guard.UntilAsync(() => connection.Extras.EndsBy != 0);

        public async Task PassAsync(double seconds)
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            await Loop.TurnAsync();
        }

        /// <summary>Takes all of it in many steps, and says something with each, where the poller can tell that it does; elsewhere the kernel delivers to who is silent.</summary>
        public async Task TakeAllAsync(double stepSeconds)
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
                await PassAsync(stepSeconds);
            }

            Assert.Equal(Frames.Join(Enumerable.Repeat(answer, bytes / answer.Length)), all);
            Assert.Empty(await client.ReceiveToEndAsync());
            client.Dispose();
        }

        public async Task<bool> IsTakenAsync(int most)
        {
            try
            {
                client.TrySend(Word);
                await client.ReceiveAsync(most);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }

        public async ValueTask DisposeAsync()
        {
            client.Dispose();
            await server.DisposeAsync();
        }
    }
}
