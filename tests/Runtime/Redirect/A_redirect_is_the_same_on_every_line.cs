using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Redirect;

public sealed class A_redirect_is_the_same_on_every_line
{
    [Theory, EachLine]
    public async Task In_the_middle_of_a_read(Transport transport, Threading threading)
    {
        const int Count = 1_000;
        Journal<string> seen = new();
        Processor next = new Stage("new", seen).Run(Other(threading));
        Stage old = new("old", seen) { OnMove = (peer, _) => peer.Redirect(next) };
        await using TestServer server = await TestServer.StartAsync(transport, old.Run(threading));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Enumerable.Range(0, Count).Select(static i => Frames.Move(i, 0, 0))));
        client.FinishSending();

        Assert.Equal(["old opened", "old 0", "old closed Redirected", "new opened"], await seen.NextAsync(4));
        Assert.Equal(Enumerable.Range(1, Count - 1).Select(static i => $"new {i}"), await seen.NextAsync(Count - 1));
        Assert.Equal("new closed Remote", await seen.NextAsync());
        Assert.Empty(await client.ReceiveToEndAsync());
    }

    /// <summary>The other side has finished before the handler has: the next one sees what is left, and then the end.</summary>
    [Theory, EachLine]
    public async Task While_an_asynchronous_handler_runs(Transport transport, Threading threading)
    {
        Journal<string> seen = new();
        Processor next = new Stage("new", seen).Run(Other(threading));
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Stage old = new("old", seen) { OnAsk = async (peer, _) => await go.Task };
        Journal<Peer> peers = new();
        old.OnMove = (peer, _) => peers.Add(peer);
        await using TestServer server = await TestServer.StartAsync(transport, old.Run(threading));
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Frames.Join(Frames.Move(1, 0, 0), Frames.Ask(2), Frames.Move(3, 0, 0)));
        client.FinishSending();
        Assert.Equal(["old opened", "old 1", "old asked 2"], await seen.NextAsync(3));

        Assert.True((await peers.NextAsync()).Redirect(next));
        go.SetResult();

        Assert.Equal(["old answered 2", "old closed Redirected", "new opened", "new 3", "new closed Remote"], await seen.NextAsync(5));
    }

    private static Threading Other(Threading threading) => threading == Threading.Queued ? Threading.Inline : Threading.Queued;
}
