using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Groups;

public sealed class Who_comes_and_goes_at_once_is_forgotten
{
    [Theory, EachLine]
    public async Task When_it_closes(Transport transport, Threading threading)
    {
        const int Rounds = 30, Times = 300;
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        for (int round = 0; round < Rounds; round++)
        {
            Group group = new();
            using RawClient client = await server.ConnectAsync();
            Peer peer = await script.Peers.NextAsync();
            await Task.WhenAll(Task.Run(() => Repeat(() => group.Add(peer))), Task.Run(() => Repeat(() => group.Remove(peer)))).Guarded();
            peer.Abort();
            await peer.Completion.Guarded();
            Assert.Empty(group.Members);
        }

        static void Repeat(Action action)
        {
            for (int i = 0; i < Times; i++)
            {
                action();
            }
        }
    }
}
