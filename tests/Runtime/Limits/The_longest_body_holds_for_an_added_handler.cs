using QContinuum.Runtime.Tests.Replies;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Limits;

[Message(20, MaxSize = 16)]
public readonly ref partial struct Brief
{
    [Tail]
    public readonly ReadOnlySpan<byte> Data;
}

/// <summary>Of fixed layout, and every body has four bytes.</summary>
[Message(21)]
public readonly partial record struct Four(int Number);

/// <summary>Newer peers may say more, but not without end.</summary>
[Message(22, MaxSize = 8, Extensible = true)]
public readonly partial record struct Growing(int Number);

/// <summary>The same, and nobody says more yet.</summary>
[Message(23, MaxSize = 4, Extensible = true)]
public readonly partial record struct FullGrown(int Number);

/// <summary>Longer than the fault that has the id of what failed.</summary>
[Message<FlagHeader>(6, IsFault = true)]
public readonly partial record struct LongFault(int Code);

[Processor<FlagHeader>(Threading.Inline)]
public sealed partial class FaultReader(Journal<string> seen)
{
    [Handles]
    private void On(Peer peer, in LongFault fault) => seen.Add($"declared {fault.Code}");
}

public sealed class The_longest_body_holds_for_an_added_handler
{
    [Theory, EachLine]
    public async Task Up_to_its_last_byte(Transport transport, Threading threading)
    {
        Journal<string> seen = new();
        await using TestServer server = await StartAsync(transport, threading, seen);
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Frames.Of(20, new byte[16]), Frames.Of(21, 1, 0, 0, 0), Frames.Of(22, 2, 0, 0, 0, 9, 9, 9, 9), Frames.Of(23, 3, 0, 0, 0)));

        Assert.Equal(["16 bytes", "four 1", "growing 2", "full 3"], await seen.NextAsync(4));
    }

    [Theory, EachLine]
    public async Task And_not_a_byte_more(Transport transport, Threading threading)
    {
        foreach ((int id, int length, string reason) in ((int, int, string)[])[(20, 17, "TooLong"), (21, 5, "BadBody"), (22, 9, "TooLong"), (23, 5, "TooLong")])
        {
            Journal<string> seen = new();
            await using TestServer server = await StartAsync(transport, threading, seen);
            using RawClient client = await server.ConnectAsync();

            await client.SendAsync(Frames.Of(id, new byte[length]));

            Assert.Empty(await client.EndedAsync());
            Assert.Contains($"closed, {reason}", await server.Log.NextAsync(), StringComparison.Ordinal);
            Assert.Empty(seen.All);
        }
    }

    /// <summary>Only the header is sent: whoever waited for the body would wait for ever, and keep what comes.</summary>
    [Theory, EachLine]
    public async Task As_soon_as_the_header_is_there(Transport transport, Threading threading)
    {
        foreach ((int id, int length, string reason) in ((int, int, string)[])[(20, 17, "TooLong"), (20, 500_000, "TooLong"), (21, 5, "BadBody"), (22, 9, "TooLong"), (23, 5, "TooLong")])
        {
            await using TestServer server = await StartAsync(transport, threading, new Journal<string>());
            using RawClient client = await server.ConnectAsync();

            await client.SendAsync(Frames.Header(length, id));

            Assert.Empty(await client.EndedAsync());
            Assert.Contains($"closed, {reason}", await server.Log.NextAsync(), StringComparison.Ordinal);
        }
    }

    /// <summary>An added handler of every fault has no say where a declared one takes one of them.</summary>
    [Fact]
    public async Task And_not_for_what_a_declared_one_takes()
    {
        Journal<string> seen = new();
        FaultReader processor = new(seen);
        processor.Handle<Fault>((_, in fault) => seen.Add($"added {fault.Code}"));
        await using TestServer server = await TestServer.StartAsync(processor);
        using RawClient client = await server.ConnectAsync();
        byte[] fault = FlagFrames.Of(6 | FlagFrames.Fault, 0, 0, 0, 0, 0, 0, 9);

        await client.SendAsync(FlagFrames.Of(7 | FlagFrames.Fault, 0, 0, 0, 8));
        Assert.Equal("added 8", await seen.NextAsync());
        long read = server.Server.Statistics.Accepted;
        await client.SendAsync(fault.AsMemory(0, FlagFrames.HeaderSize));
        using (RawClient later = await server.ConnectAsync())
        {
            // The loop has been through the header when it accepts somebody afterwards.
            await Guard.UntilAsync(() => server.Server.Statistics.Accepted > read);
        }

        await client.SendAsync(fault.AsMemory(FlagFrames.HeaderSize));
        Assert.Equal("declared 9", await seen.NextAsync());
    }

    private static Task<TestServer> StartAsync(Transport transport, Threading threading, Journal<string> seen)
    {
        Processor processor = new Script().Run(threading);
        processor.Handle<Brief>((_, in brief) => seen.Add($"{brief.Data.Length} bytes"));
        processor.Handle<Four>((_, in four) => seen.Add($"four {four.Number}"));
        processor.Handle<FullGrown>((_, in full) => seen.Add($"full {full.Number}"));
        processor.Handle<Growing>((_, in growing) => seen.Add($"growing {growing.Number}"));
        return TestServer.StartAsync(transport, processor);
    }
}
