using System.Net;
using QContinuum.Processors;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Processors;

/// <summary>The system may have no thread left for a moment: who comes in that moment is told, and leaves nothing behind that keeps the next one out.</summary>
public sealed class A_pump_that_could_not_be_started_is_started_by_the_next
{
    private static readonly byte[] Frame = Frames.Raw(1, 2, 3);

    [Fact]
    public async Task A_server_that_is_started_again()
    {
        Scarcity scarcity = new();
        QueuedScript processor = new(new Script()) { PumpHost = scarcity };
        await using PeerServer server = new(processor, new PeerServerOptions { Loops = 1 });
        Listener listener = server.ListenTcp(new IPEndPoint(IPAddress.Loopback, 0));
        await Assert.ThrowsAsync<InsufficientMemoryException>(() => server.StartAsync().Guarded());

        await server.StartAsync().Guarded();
        using RawClient client = await RawClient.ConnectAsync(listener.EndPoint);
        await client.ExpectEchoAsync(Frame);
        client.Dispose();
        await server.StopAsync().Guarded();
        await processor.StopAsync().Guarded();
        Assert.Equal(0, processor.PeerCount);
        await scarcity.Ended.Guarded();
    }

    [Fact]
    public async Task A_client_that_connects_again()
    {
        Scarcity scarcity = new();
        Script script = new();
        QueuedScript processor = new(script) { PumpHost = scarcity };
        await using TestServer server = await TestServer.StartAsync(new InlineScript(new Script()));
        await Assert.ThrowsAsync<InsufficientMemoryException>(() => server.ConnectPeerAsync(processor));
        Assert.Equal(0, processor.PeerCount);

        Peer peer = await server.ConnectPeerAsync(processor);
        Assert.Equal([peer], script.Peers.All);
        await peer.DisposeAsync();
        await processor.StopAsync().Guarded();
        await scarcity.Ended.Guarded();
    }

    /// <summary>A system that has no thread for the first who asks.</summary>
    private sealed class Scarcity : IPumpHost
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _asked;

        public int Capacity => 64;

        /// <summary>Nobody uses the pump any more, and its thread has ended.</summary>
        public Task Ended => _ended.Task;

        public void Begin(Pump pump)
        {
            if (_asked++ == 0)
            {
                throw new InsufficientMemoryException("There is no thread.");
            }

            Thread thread = new(() =>
            {
                while (!pump.IsAwake || pump.Step(mostItems: 64))
                {
                    Thread.Yield();
                }

                _ended.TrySetResult();
            })
            {
                IsBackground = true,
            };
            thread.Start();
        }
    }
}
