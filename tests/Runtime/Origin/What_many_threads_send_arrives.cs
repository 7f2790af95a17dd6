using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There many threads pushed into a ring for one: 655,660 of 8,000,000 messages were lost.</summary>
public sealed class What_many_threads_send_arrives
{
    [Theory, EachLine]
    public async Task Each_message_once_and_those_of_one_thread_in_order(Transport transport, Threading threading)
    {
        const int Threads = 8, Messages = 5_000;
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();

        Task sending = Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            for (int i = 0; i < Messages; i++)
            {
                Assert.Equal(SendResult.Sent, await peer.SendAsync(new Move((thread * Messages) + i, 0, 0)));
            }
        })));
        int[] next = [.. Enumerable.Range(0, Threads).Select(static thread => thread * Messages)];
        for (int i = 0; i < Threads * Messages; i++)
        {
            int entity = BitConverter.ToInt32((await client.ReceiveFrameAsync()).Body);
            Assert.Equal(next[entity / Messages]++, entity);
        }

        await sending.Guarded();
    }
}
