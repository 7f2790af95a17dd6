namespace QContinuum.Generator.Tests.Execution;

/// <summary>Sequence numbers of both sides count alike; only the flag tells the reply to one's own from the other's request.</summary>
[Header(ByteOrder.BigEndian)]
internal readonly partial record struct LinkHeader([Length(CountsFrom = 0)] uint Length, [MessageId(Mask = 0x7FFFFFFF), ReplyFlag(Mask = 0x80000000)] uint Command, [Fault] uint Status, [Correlation] uint Sequence);

[Message<LinkHeader>(21, Reply = typeof(Twice))] internal readonly partial record struct Number(int X);
[Message<LinkHeader>(21, IsReply = true)] internal readonly partial record struct Twice(int X);
[Message<LinkHeader>(22, Reply = typeof(Repeated))] internal readonly ref partial struct Repeat { public readonly byte Times; [Tail] public readonly ReadOnlySpan<byte> Data; }
[Message<LinkHeader>(22, IsReply = true)] internal readonly ref partial struct Repeated { [Tail] public readonly ReadOnlySpan<byte> Data; }
[Message<LinkHeader>(IsFault = true)] internal readonly partial record struct Fault;

/// <summary>Both ends of a link: each asks and answers.</summary>
[Processor<LinkHeader>]
internal sealed partial class LinkEnd
{
    public TaskCompletionSource<Peer> Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Opened] private void Joined(Peer peer) => Opened.TrySetResult(peer);

    [Handles] private Twice On(Peer peer, in Number number) => new(number.X * 2);

    [Handles]
    private void On(Peer peer, in LinkHeader header, Repeat ask)
    {
        if (ask.Times == 0)
        {
            peer.Send(new LinkHeader(status: 5) with { Sequence = header.Sequence, Command = header.Command }, new Fault());
            return;
        }

        byte[] all = [.. Enumerable.Repeat(ask.Data.ToArray(), ask.Times).SelectMany(static data => data)];
        peer.Reply(in header, new Repeated(all));
    }
}

public sealed class A_request_is_answered_across_a_connection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task While_both_sides_ask_at_once()
    {
        var here = new LinkEnd();
        var there = new LinkEnd();
        await using var server = new PeerServer(there);
        Listener listener = server.ListenTcp("127.0.0.1:0");
        await server.StartAsync();
        await using Peer one = await Peer.ConnectTcpAsync(listener.EndPoint, here);
        Peer other = await there.Opened.Task.WaitAsync(Patience);

        Task<Twice>[] asked = [.. Enumerable.Range(0, 500).Select(number => (number % 2 == 0 ? one : other).RequestAsync(new Number(number)).AsTask())];
        Assert.Equal(Enumerable.Range(0, 500).Select(static number => new Twice(number * 2)), await Task.WhenAll(asked).WaitAsync(Patience));
    }

    [Fact]
    public async Task By_a_view_that_is_owned_or_a_fault()
    {
        await using var server = new PeerServer(new LinkEnd());
        Listener listener = server.ListenTcp("127.0.0.1:0");
        await server.StartAsync();
        await using Peer peer = await Peer.ConnectTcpAsync(listener.EndPoint, new LinkEnd());

        Owned<Repeated> reply = await peer.RequestAsync(new Repeat(3, [1, 2])).AsTask().WaitAsync(Patience);
        Assert.Equal([1, 2, 1, 2, 1, 2], reply.Value.Data.ToArray());
        reply.Dispose();
        Assert.Throws<ObjectDisposedException>(() => reply.Value.Data.Length);

        ReplyFaultException fault = await Assert.ThrowsAsync<ReplyFaultException>(() => peer.RequestAsync(new Repeat(0, [1])).AsTask().WaitAsync(Patience));
        Assert.Equal(22, fault.Id);
        Assert.True(fault.TryReadHeader(out LinkHeader header));
        Assert.Equal(5u, header.Status);
        Assert.True(fault.TryRead(out Fault _));
    }
}
