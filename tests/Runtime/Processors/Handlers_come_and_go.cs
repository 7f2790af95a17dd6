using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Processors;

/// <summary>No id is nobody's: 0 is one like others.</summary>
[Message(0)]
public readonly partial record struct Nought(int Number);

[Processor(Threading.Queued)]
public sealed partial class QueuedListener(Journal<string> seen)
{
    [Handles]
    private void On(Peer peer, Raw raw) => peer.Send(raw);

    [Unhandled]
    private void Other(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body) => seen.Add($"unhandled {header.Id}");
}

[Processor(Threading.Inline)]
public sealed partial class InlineListener(Journal<string> seen)
{
    [Handles]
    private void On(Peer peer, Raw raw) => peer.Send(raw);

    [Unhandled]
    private void Other(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body) => seen.Add($"unhandled {header.Id}");
}

public sealed class Handlers_come_and_go
{
    [Theory, EachLine]
    public async Task While_the_processor_runs(Transport transport, Threading threading)
    {
        Journal<string> seen = new();
        Processor processor = Listener(threading, seen);
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Frames.Move(1, 2, 3), Frames.Raw(0)));
        Assert.Equal("unhandled 1", await seen.NextAsync());

        IDisposable handler = processor.Handle<Move>((peer, in move) => seen.Add($"{move}"));
        IDisposable blobs = processor.Handle<Blob>((peer, in blob) => seen.Add($"blob of {blob.Data.Length}"));
        await client.SendAsync(Frames.Join(Frames.Move(1, 2, 3), Frames.Blob(1, 2, 3), Frames.Chat("hello")));
        Assert.Equal([$"{new Move(1, 2, 3)}", "blob of 2", "unhandled 3"], await seen.NextAsync(3));

        handler.Dispose();
        handler.Dispose();
        await client.SendAsync(Frames.Join(Frames.Move(1, 2, 3), Frames.Blob(1)));
        Assert.Equal(["unhandled 1", "blob of 0"], await seen.NextAsync(2));
        blobs.Dispose();
    }

    [Theory, EachLine]
    public async Task Of_every_id_there_is(Transport transport, Threading threading)
    {
        int[] ids = [int.MinValue, -1, 10_000_001, int.MaxValue];
        Journal<string> seen = new();
        await using TestServer server = await TestServer.StartAsync(transport, Listener(threading, seen));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(ids.Select(static id => Frames.Of(id, 1, 2, 3))));

        Assert.Equal(ids.Select(static id => $"unhandled {id}"), await seen.NextAsync(ids.Length));
    }

    /// <summary>Another thread adds and removes one, again and again: each message finds it, or does not, and none is lost or comes out of turn.</summary>
    [Theory, EachLine]
    public async Task While_messages_flow(Transport transport, Threading threading)
    {
        const int Count = 5_000;
        Journal<string> seen = new();
        List<int> handled = [];
        Processor processor = Listener(threading, seen);
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        using RawClient client = await server.ConnectAsync();
        bool isOver = false;
        Task<int> toggling = OwnThread.RunAsync(() =>
        {
            int added = 0;
            while (added == 0 || !Volatile.Read(ref isOver))
            {
                using IDisposable handler = processor.Handle<Move>((peer, in move) =>
                {
                    handled.Add(move.Entity);
                    seen.Add("handled");
                });
                added++;
            }

            return added;
        });

        await client.SendAsync(Frames.Join(Enumerable.Range(0, Count).Select(static number => Frames.Move(number, 0, 0)).Append(Frames.Chat("the last"))));
        IEnumerable<string> all = await seen.NextAsync(Count + 1);
        Volatile.Write(ref isOver, true);

        Assert.True(await toggling.Guarded() > 0);
        Assert.Equal(Count, all.Take(Count).Count(static one => one is "handled" or "unhandled 1"));
        Assert.Equal("unhandled 3", all.Last());
        Assert.Equal(handled.Order().Distinct(), handled);
    }

    [Theory, EachLine]
    public async Task Also_of_the_id_0(Transport transport, Threading threading)
    {
        Journal<string> seen = new();
        Processor processor = Listener(threading, seen);
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        using RawClient client = await server.ConnectAsync();
        using IDisposable handler = processor.Handle<Nought>((peer, in nought) => seen.Add($"nought {nought.Number}"));

        await client.SendAsync(Frames.Of(0, 7, 0, 0, 0));

        Assert.Equal("nought 7", await seen.NextAsync());
    }

    [Theory, EachLine]
    public async Task A_body_that_is_not_the_message_closes_the_peer(Transport transport, Threading threading)
    {
        Processor processor = Listener(threading, new Journal<string>());
        processor.Handle<Move>(static (peer, in move) => { });
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Of(1, 1, 2, 3));

        Assert.Empty(await client.EndedAsync());
        Assert.Contains("BadBody", await server.Log.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_a_handler_gets_no_second()
    {
        Processor processor = Listener(Threading.Queued, new Journal<string>());
        processor.Handle<Move>(static (peer, in move) => { });

        Assert.Throws<InvalidOperationException>(() => processor.Handle<Move>(static (peer, in move) => { }));
        Assert.Throws<InvalidOperationException>(() => processor.Handle<Raw>(static (peer, in raw) => { }));
        Assert.Throws<ArgumentException>(() => processor.Handle<Note>(static (peer, in note) => { }));
    }

    private static Processor Listener(Threading threading, Journal<string> seen)
        => threading == Threading.Queued ? new QueuedListener(seen) : new InlineListener(seen);
}
