using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Processors;

/// <summary>Where the server's peers log, and not on standard error.</summary>
public sealed class What_posted_code_throws_is_logged
{
    private const string Complaint = "the function's own complaint";

    [Theory, EachLine]
    public async Task Of_a_function(Transport transport, Threading threading)
    {
        Processor processor = new Script().Run(threading);
        await using TestServer server = await TestServer.StartAsync(transport, processor);

        processor.Post(static () => throw new InvalidTimeZoneException(Complaint));

        Assert.Contains(Complaint, await server.Log.NextAsync(), StringComparison.Ordinal);
    }

    [Theory, EachLine]
    public async Task Of_an_event_whose_other_handlers_are_called(Transport transport, Threading threading)
    {
        Journal<int> seen = new();
        Processor processor = new Script().Run(threading);
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        processor.On<int>(static _ => throw new InvalidTimeZoneException(Complaint));
        processor.On<int>(seen.Add);

        Assert.True(processor.Raise(7));

        Assert.Equal(7, await seen.NextAsync());
        Assert.Contains(Complaint, await server.Log.NextAsync(), StringComparison.Ordinal);
    }

    [Theory, EachLine]
    public async Task Of_a_tick_which_comes_again(Transport transport, Threading threading)
    {
        Processor processor = new Script().Run(threading);
        await using TestServer server = await TestServer.StartAsync(transport, processor);

        using IDisposable ticks = processor.Every(TimeSpan.FromMilliseconds(1), static () => throw new InvalidTimeZoneException(Complaint));

        Assert.Contains(Complaint, await server.Log.NextAsync(), StringComparison.Ordinal);
        Assert.Contains(Complaint, await server.Log.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_processor_that_belongs_to_a_loop()
    {
        Journal<string> log = new();
        Room room = new([], new Journal<string>());
        await using PeerServer server = new(() => room, new PeerServerOptions { Loops = 1, Peers = new PeerOptions { Log = log.Add } });
        await server.StartAsync();

        room.Post(static () => throw new InvalidTimeZoneException(Complaint));

        Assert.Contains(Complaint, await log.NextAsync(), StringComparison.Ordinal);
    }
}
