using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.BadInput;

/// <summary>Three bytes a message, but where the first is 255.</summary>
[Header(ByteOrder.BigEndian)]
internal readonly partial record struct BrittleHeader([MessageId] byte Kind, [Correlation] byte Call)
{
    [Framer]
    private static FrameStatus Measure(in BrittleHeader header, ReadOnlySpan<byte> received, out int frame)
    {
        frame = header.Kind == byte.MaxValue ? throw new InvalidTimeZoneException("the framer's own complaint") : 3;
        return FrameStatus.Complete;
    }
}

[Message<BrittleHeader>(1)]
internal readonly partial record struct Digit(byte Value);

/// <summary>Its handler waits for a gate.</summary>
[Message<BrittleHeader>(2)]
internal readonly partial record struct Pause(byte Value);

/// <summary>Its handler asks the same of who sent it, and waits for what is said.</summary>
[Message<BrittleHeader>(3, Reply = typeof(Said))]
internal readonly partial record struct Say(byte Value);

[Message<BrittleHeader>(3, IsReply = true)]
internal readonly partial record struct Said(byte Value);

[Processor<BrittleHeader>(Threading.Inline)]
internal sealed partial class InlineBrittle
{
    public required Task Gate { get; init; }

    [Handles]
    private static void On(Peer peer, in Digit message) => peer.Send(message);

    [Handles]
    private async ValueTask On(Peer peer, Pause message) => await Gate;

    [Handles]
    private static async ValueTask On(Peer peer, Say message) => await peer.RequestAsync(message);
}

[Processor<BrittleHeader>]
internal sealed partial class QueuedBrittle
{
    public required Task Gate { get; init; }

    [Handles]
    private static void On(Peer peer, in Digit message) => peer.Send(message);

    [Handles]
    private async ValueTask On(Peer peer, Pause message) => await Gate;

    [Handles]
    private static async ValueTask On(Peer peer, Say message) => await peer.RequestAsync(message);
}

/// <summary>Where the next message begins nobody knows then: to go on would be to ask the framer the same again, for ever.</summary>
public sealed class A_framer_that_throws_ends_its_peer
{
    [Theory, EachLine]
    public Task At_once(Transport transport, Threading threading) => CheckAsync(transport, threading, HandlerFaultPolicy.Close, [255, 0, 0], []);

    [Theory, EachLine]
    public Task Behind_messages(Transport transport, Threading threading) => CheckAsync(transport, threading, HandlerFaultPolicy.Close, [1, 0, 7, 1, 0, 8, 255, 0, 0], [1, 0, 7, 1, 0, 8]);

    [Theory, EachLine]
    public Task Also_where_handlers_may_throw(Transport transport, Threading threading)
        => CheckAsync(transport, threading, HandlerFaultPolicy.Continue, [255, 0, 0], []);

    [Theory, EachLine]
    public Task Also_behind_messages_where_handlers_may_throw(Transport transport, Threading threading)
        => CheckAsync(transport, threading, HandlerFaultPolicy.Continue, [1, 0, 7, 1, 0, 8, 255, 0, 0], [1, 0, 7, 1, 0, 8]);

    /// <summary>A handler holds the lane meanwhile.</summary>
    [Theory, EachLine]
    public Task Behind_one_that_waits(Transport transport, Threading threading)
        => CheckAsync(transport, threading, HandlerFaultPolicy.Continue, [2, 0, 0, 1, 0, 7, 255, 0, 0], [1, 0, 7]);

    /// <summary>It waits for a reply, and what is kept meanwhile is looked through.</summary>
    [Theory, EachLine]
    public Task Behind_one_that_waits_for_a_reply(Transport transport, Threading threading)
        => CheckAsync(transport, threading, HandlerFaultPolicy.Continue, [3, 0, 9, 255, 0, 0], [3, 1, 9]);

    private static async Task CheckAsync(Transport transport, Threading threading, HandlerFaultPolicy policy, byte[] sent, byte[] answer)
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Processor processor = threading == Threading.Inline ? new InlineBrittle { Gate = gate.Task } : new QueuedBrittle { Gate = gate.Task };
        PeerServerOptions options = new() { Loops = 1, Peers = new PeerOptions { WhenHandlerThrows = policy } };
        await using TestServer server = await TestServer.StartAsync(transport, processor, options);
        Task<Peer> accepting = server.Server.AcceptAsync();
        using RawClient client = await server.ConnectAsync();
        Peer peer = await accepting.Guarded();

        await client.SendAsync(sent);
        await Guard.UntilAsync(() => peer.Statistics.BytesReceived == sent.Length);
        gate.SetResult();

        Assert.Equal(answer, await client.ReceiveAsync(answer.Length));
        await client.EndedAsync();
        Assert.Equal(CloseReason.HandlerFault, await peer.Completion.Guarded());
    }
}
