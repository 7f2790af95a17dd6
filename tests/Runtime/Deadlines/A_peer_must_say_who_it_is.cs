using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Deadlines;

public sealed class A_peer_must_say_who_it_is
{
    [Theory, EachLine]
    public async Task Or_it_is_closed(Transport transport, Threading threading)
    {
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, script: Strict());
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Raw(1));
        await server.PassAsync(4);
        await client.ExpectEchoAsync(Frames.Raw(2));
        Assert.Empty(server.Reasons);

        await server.PassAsync(2);

        Assert.Empty(await client.EndedAsync());
        await Guard.UntilAsync(() => server.Reasons.Contains(CloseReason.Unauthenticated));
    }

    [Theory, EachLine]
    public async Task And_once_it_has_said_so_it_stays(Transport transport, Threading threading)
    {
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, script: Strict());
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Move(7, 0, 0));

        await server.PassAsync(4);
        await server.PassAsync(4);

        await client.ExpectEchoAsync(Frames.Raw(2));
        Assert.Empty(server.Reasons);
    }

    /// <summary>Whoever had a user when the time was over has done what was asked for, and may log out.</summary>
    [Theory, EachLine]
    public async Task Also_when_it_logs_out_after_that(Transport transport, Threading threading)
    {
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, script: Strict());
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Move(7, 0, 0));
        await server.PassAsync(4);
        await server.PassAsync(4);

        await client.ExpectEchoAsync(Frames.Move(0, 0, 0));
        await server.PassAsync(20);
        await server.PassAsync(20);

        await client.ExpectEchoAsync(Frames.Raw(2));
        Assert.Empty(server.Reasons);
    }

    /// <summary>It was known when it was looked at for another reason, and is not when the time is over.</summary>
    [Theory, EachLine]
    public async Task But_not_when_it_logs_out_before(Transport transport, Threading threading)
    {
        PeerOptions options = new() { FirstMessageTimeout = TimeSpan.FromSeconds(1), MessageTimeout = Timeout.InfiniteTimeSpan };
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, options, Strict());
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Move(7, 0, 0));
        await server.PassAsync(2);

        await client.ExpectEchoAsync(Frames.Move(0, 0, 0));
        await server.PassAsync(4);

        Assert.Empty(await client.EndedAsync());
        await Guard.UntilAsync(() => server.Reasons.Contains(CloseReason.Unauthenticated));
    }

    [Theory, EachLine]
    public async Task Or_when_it_is_asked_again(Transport transport, Threading threading)
    {
        Script script = new()
        {
            OnMove = static (peer, move) =>
            {
                peer.UserId = move.Entity;
                peer.RequireUserWithin(TimeSpan.FromSeconds(5));
                peer.Send(move);
            },
        };
        await using TimedServer server = await TimedServer.StartAsync(transport, threading, script: script);
        using RawClient client = await server.ConnectAsync();
        await client.ExpectEchoAsync(Frames.Move(7, 0, 0));
        await server.PassAsync(6);

        await client.ExpectEchoAsync(Frames.Move(0, 0, 0));
        await server.PassAsync(4);
        Assert.Empty(server.Reasons);
        await server.PassAsync(2);

        Assert.Empty(await client.EndedAsync());
        await Guard.UntilAsync(() => server.Reasons.Contains(CloseReason.Unauthenticated));
    }

    [Fact]
    public async Task A_time_is_from_a_millisecond_to_a_day()
    {
        Journal<Type?> thrown = new();
        Script script = new()
        {
            OnOpened = peer =>
            {
                thrown.Add(Record.Exception(() => peer.RequireUserWithin(TimeSpan.Zero))?.GetType());
                thrown.Add(Record.Exception(() => peer.RequireUserWithin(TimeSpan.FromDays(2)))?.GetType());
                return peer;
            },
        };
        await using TimedServer server = await TimedServer.StartAsync(Threading.Inline, script: script);
        using RawClient client = await server.ConnectAsync();

        Type[] expected = [typeof(ArgumentOutOfRangeException), typeof(ArgumentOutOfRangeException)];
        Assert.Equal(expected, await thrown.NextAsync(2));
    }

    /// <summary>Who sends a Move is known; the bystander of the server, who opens last, too.</summary>
    private static Script Strict()
    {
        int opened = 0;
        return new Script
        {
            OnOpened = peer =>
            {
                if (Interlocked.Increment(ref opened) == 1)
                {
                    peer.RequireUserWithin(TimeSpan.FromSeconds(5));
                }

                return peer;
            },
            OnMove = static (peer, move) =>
            {
                peer.UserId = move.Entity;
                peer.Send(move);
            },
        };
    }
}
