using Microsoft.Extensions.Time.Testing;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Processors;

public sealed class A_processor_does_one_thing_after_another
{
    private sealed record Happened(int Number);

    /// <summary>What is posted by the handler of one message comes before the next that arrives, and behind those that are there.</summary>
    [Theory, EachTransport]
    public async Task Messages_posted_functions_events_and_ticks_have_one_order(Transport transport)
    {
        FakeTimeProvider clock = new();
        Journal<string> seen = new();
        Processor? processor = null;
        Script script = new() { OnMove = (_, move) => seen.Add($"move {move.Entity}") };
        processor = script.Run(Threading.Queued);
        processor.On<Happened>(happened => seen.Add($"event {happened.Number}"));
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        using IDisposable ticks = processor.Every(TimeSpan.FromSeconds(1), () => seen.Add("tick"), clock);
        using RawClient client = await server.ConnectAsync();
        await script.Peers.NextAsync();

        // The pump is busy while all of this is queued.
        using ManualResetEventSlim go = new();
        processor.Post(go.Wait);
        await client.SendAsync(Frames.Move(1, 0, 0));
        await server.ReadAsync(script, Frames.Move(1, 0, 0).Length);
        processor.Post(() => seen.Add("post 2"));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(processor.Raise(new Happened(3)));
        processor.Post(static seen => seen.Add("post 4"), seen);
        go.Set();

        Assert.Equal(["move 1", "post 2", "tick", "event 3", "post 4"], await seen.NextAsync(5));
    }

    [Theory, EachThreading]
    public async Task As_many_as_it_likes_may_be_posted_by_itself(Threading threading)
    {
        const int Count = 100_000;
        Processor processor = new Script().Run(threading);
        TaskCompletionSource<int[]> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<int> ran = [];

        processor.Post(() =>
        {
            for (int i = 0; i < Count; i++)
            {
                int number = i;
                processor.Post(() =>
                {
                    ran.Add(number);
                    if (ran.Count == Count)
                    {
                        done.SetResult([.. ran]);
                    }
                });
            }
        });

        Assert.Equal(Enumerable.Range(0, Count), await done.Task.Guarded());
    }

    [Fact]
    public async Task What_many_threads_post_keeps_the_order_of_each()
    {
        const int Threads = 4, Count = 20_000;
        Processor processor = new Script().Run(Threading.Queued);
        List<int>[] ran = [.. Enumerable.Range(0, Threads).Select(static _ => new List<int>())];
        int total = 0;
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < Count; i++)
            {
                int number = i;
                processor.Post(() =>
                {
                    ran[thread].Add(number);
                    if (++total == Threads * Count)
                    {
                        done.SetResult();
                    }
                });
            }
        }))).Guarded();

        await done.Task.Guarded();
        Assert.All(ran, static numbers => Assert.Equal(Enumerable.Range(0, Count), numbers));
    }

    [Theory, EachThreading]
    public async Task What_throws_ends_nothing(Threading threading)
    {
        Journal<string> seen = new();
        Processor processor = new Script().Run(threading);
        processor.On<Happened>(static _ => throw new InvalidOperationException("the first handler"));
        processor.On<Happened>(_ => seen.Add("second handler"));

        processor.Post(static () => throw new InvalidOperationException("posted"));
        processor.Raise(new Happened(1));
        processor.Post(() => seen.Add("posted"));

        Assert.Equal(["second handler", "posted"], await seen.NextAsync(2));
    }

    [Fact]
    public void An_event_that_nobody_takes_is_not_queued()
    {
        Processor processor = new Script().Run(Threading.Queued);
        Assert.False(processor.Raise(new Happened(1)));

        IDisposable handler = processor.On<Happened>(static _ => { });
        Assert.True(processor.Raise(new Happened(2)));

        handler.Dispose();
        Assert.False(processor.Raise(new Happened(3)));
    }

    /// <summary>A handler of any object takes every event.</summary>
    [Theory, EachThreading]
    public async Task Handlers_of_one_event_may_be_of_different_types(Threading threading)
    {
        Journal<string> seen = new();
        Processor processor = new Script().Run(threading);
        Action<object> any = _ => seen.Add("any");
        processor.On<Happened>(_ => seen.Add("first"));
        IDisposable second = processor.On<Happened>(any);
        processor.On<Happened>(_ => seen.Add("third"));

        processor.Raise(new Happened(1));
        Assert.Equal(["first", "any", "third"], await seen.NextAsync(3));

        second.Dispose();
        processor.Raise(new Happened(2));
        Assert.Equal(["first", "third"], await seen.NextAsync(2));
    }

    /// <summary>Though the handler was added twice: the other registration keeps its place.</summary>
    [Theory, EachThreading]
    public async Task The_registration_that_is_removed_is_removed(Threading threading)
    {
        Journal<string> seen = new();
        Processor processor = new Script().Run(threading);
        Action<Happened> twice = _ => seen.Add("twice");
        IDisposable first = processor.On(twice);
        processor.On<Happened>(_ => seen.Add("once"));
        processor.On(twice);

        first.Dispose();
        first.Dispose();
        processor.Raise(new Happened(1));

        Assert.Equal(["once", "twice"], await seen.NextAsync(2));
    }

    [Theory, EachLine]
    public async Task Ticks_come_while_it_is_in_use(Transport transport, Threading threading)
    {
        FakeTimeProvider clock = new();
        Journal<string> seen = new();
        Processor processor = new Script().Run(threading);
        using IDisposable ticks = processor.Every(TimeSpan.FromSeconds(1), () => seen.Add("tick"), clock);
        clock.Advance(TimeSpan.FromSeconds(5));

        TestServer server = await TestServer.StartAsync(transport, processor);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("tick", await seen.NextAsync());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("tick", await seen.NextAsync());

        await server.DisposeAsync();
        clock.Advance(TimeSpan.FromSeconds(5));
        processor.Post(() => seen.Add("end"));
        Assert.Equal("end", await seen.NextAsync());
    }

    /// <summary>Once, the queue was so full that there was no room for it: it must not go on beside the queue for ever.</summary>
    [Fact]
    public async Task A_function_that_posts_itself_keeps_nobody_out()
    {
        Script script = new();
        Processor processor = script.Run(Threading.Queued);
        await using TestServer server = await TestServer.StartAsync(processor);
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(1));
        using ManualResetEventSlim go = new();
        bool isOver = false;
        processor.Post(go.Wait);
        for (int i = 0; i < 10_000; i++)
        {
            processor.Post(static () => { });
        }

        processor.Post(Again);
        go.Set();

        await client.ExpectEchoAsync(Frames.Raw(2));
        processor.Post(() => isOver = true);

        void Again()
        {
            if (!isOver)
            {
                processor.Post(Again);
            }
        }
    }

    /// <summary>While one waits for its turn the next is left out.</summary>
    [Fact]
    public async Task Ticks_pile_nothing_up()
    {
        FakeTimeProvider clock = new();
        Journal<string> seen = new();
        Processor processor = new Script().Run(Threading.Queued);
        await using TestServer server = await TestServer.StartAsync(processor);
        processor.Every(TimeSpan.FromSeconds(1), () => seen.Add("tick"), clock);
        using ManualResetEventSlim go = new();
        processor.Post(go.Wait);

        clock.Advance(TimeSpan.FromSeconds(100));
        processor.Post(() => seen.Add("end"));
        go.Set();

        Assert.Equal(["tick", "end"], await seen.NextAsync(2));
    }

    [Fact]
    public void A_period_is_from_a_millisecond_to_a_day()
    {
        Processor processor = new Script().Run(Threading.Queued);
        Assert.Throws<ArgumentOutOfRangeException>(() => processor.Every(TimeSpan.Zero, static () => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => processor.Every(TimeSpan.FromDays(2), static () => { }));
    }
}
