using System.Buffers.Binary;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;
using QContinuum.Transports;

namespace QContinuum.Runtime.Tests.Sending;

/// <summary>What processors of both kinds do here: they pass on to one peer, and note what became of each frame.</summary>
public sealed class Passing
{
    public Journal<Peer> Peers { get; } = new();

    public Journal<SendResult> Results { get; } = new();

    public Peer? Target { get; set; }

    public Processor Run(Threading threading) => threading == Threading.Queued ? new QueuedPassing(this) : new InlinePassing(this);

    internal ValueTask Pass(in MessageHeader header, ReadOnlySpan<byte> body) => NotedAsync(Target!.ForwardAsync(in header, body));

    private async ValueTask NotedAsync(ValueTask<SendResult> forwarding) => Results.Add(await forwarding);
}

[Processor(Threading.Queued)]
public sealed partial class QueuedPassing(Passing passing)
{
    [Opened]
    private void Opened(Peer peer) => passing.Peers.Add(peer);

    [Unhandled]
    private ValueTask Any(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body) => passing.Pass(in header, body);
}

[Processor(Threading.Inline)]
public sealed partial class InlinePassing(Passing passing)
{
    [Opened]
    private void Opened(Peer peer) => passing.Peers.Add(peer);

    [Unhandled]
    private ValueTask Any(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body) => passing.Pass(in header, body);
}

/// <summary>All pass on to one, which takes what it gets slowly. Each waits with one frame of its own: together they are far more than may wait to be sent.</summary>
public sealed class A_gateway_may_have_many_clients
{
    private const int Clients = 20;
    private const int Each = 3;
    private const int Frame = 512 * 1024;

    /// <summary>Frames of which the system takes a part at the most, 4 MiB where it is Linux, as long as the other side reads nothing.</summary>
    private const int Backlog = 40;

    private static readonly PeerServerOptions Patient = new() { Loops = 2, Peers = new PeerOptions { FirstMessageTimeout = Timeout.InfiniteTimeSpan } };

    [Theory, EachLine]
    public async Task And_loses_nothing_of_any(Transport transport, Threading threading)
    {
        Passing passing = new();
        await using TestServer server = await TestServer.StartAsync(transport, passing.Run(threading), Patient);
        using RawClient taking = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        passing.Target = await passing.Peers.NextAsync();
        List<RawClient> giving = await ConnectAsync(server);

        Task sending = Task.WhenAll(giving.Select(static async (client, number) =>
        {
            for (int i = 0; i < Each; i++)
            {
                await client.SendAsync(Numbered(number, i));
            }
        }));
        int[] next = new int[Clients];
        for (int i = 0; i < Clients * Each; i++)
        {
            (int id, byte[] body) = await taking.ReceiveFrameAsync();
            int number = BinaryPrimitives.ReadInt32LittleEndian(body);
            Assert.Equal(Numbered(number, next[number]++), Frames.Of(id, body));
        }

        await sending.Guarded();
        Assert.All(await passing.Results.NextAsync(Clients * Each), static result => Assert.Equal(SendResult.Sent, result));
        Assert.Equal(CloseReason.None, passing.Target.Reason);
        giving.ForEach(static client => client.Dispose());
    }

    [Theory, EachLine]
    public async Task And_each_hears_that_it_has_gone(Transport transport, Threading threading)
    {
        Passing passing = new();
        await using TestServer server = await TestServer.StartAsync(transport, passing.Run(threading), Patient);
        RawClient taking = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        passing.Target = await passing.Peers.NextAsync();
        List<RawClient> giving = await ConnectAsync(server);
        await Task.WhenAll(giving.Select(static (client, number) => client.SendAsync(Numbered(number, 0)))).Guarded();

        taking.Reset();

        SendResult[] results = await passing.Results.NextAsync(Clients);
        Assert.All(results, static result => Assert.True(result is SendResult.Sent or SendResult.Closed, $"{result}"));
        Assert.Contains(SendResult.Closed, results);
        giving.ForEach(static client => client.Dispose());
    }

    /// <summary>It waits with what it has sent, not the one who takes it, nor nobody: where memory is short, who holds much is closed.</summary>
    [Theory, EachLine]
    public async Task And_each_holds_what_it_waits_with(Transport transport, Threading threading)
    {
        Passing passing = new();
        await using TestServer server = await TestServer.StartAsync(transport, passing.Run(threading), Patient);
        RawClient taking = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        passing.Target = await passing.Peers.NextAsync();
        List<RawClient> giving = await ConnectAsync(server);
        Peer[] peers = await passing.Peers.NextAsync(Clients);

        // More than the other side and its queue have room for: the last ones wait.
        Task sending = Task.WhenAll(giving.Select(static (client, number) => client.SendAsync(Numbered(number, 0))));
        await Guard.UntilAsync(() => peers.Count(static peer => HeldBy(peer) >= Frame) >= Clients / 2);
        await sending.Guarded();

        taking.Reset();

        await passing.Results.NextAsync(Clients);
        await Guard.UntilAsync(() => peers.All(static peer => HeldBy(peer) == 0));
        giving.ForEach(static client => client.Dispose());
    }

    private static long HeldBy(Peer peer) => ((IConnectionOwner)peer).Held;

    /// <summary>Those behind it go on waiting, and have their turn.</summary>
    [Theory, EachTransport]
    public async Task And_who_gives_up_keeps_nobody_waiting(Transport transport)
    {
        Script script = new();
        PeerServerOptions options = Patient with { Peers = Patient.Peers with { SendLimit = Frame * 2 * Backlog } };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(Threading.Inline), options);
        using RawClient taking = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer peer = await script.Peers.NextAsync();
        using CancellationTokenSource enough = new();
        MessageHeader header = new(0, 5);
        byte[] body = new byte[Frame];
        for (int i = 0; i < Backlog; i++)
        {
            Assert.InRange(peer.Forward(in header, body), SendResult.Sent, SendResult.Congested);
        }

        ValueTask<SendResult> first = peer.ForwardAsync(in header, body);
        Task<SendResult> givenUp = peer.ForwardAsync(in header, body, enough.Token).AsTask();
        Task<SendResult> last = peer.ForwardAsync(in header, default).AsTask();
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp.Guarded());
        Assert.False(last.IsCompleted);

        byte[] whole = Frames.Of(5, body);
        for (int i = 0; i <= Backlog; i++)
        {
            Assert.Equal(whole, await taking.ReceiveAsync(whole.Length));
        }

        Assert.Equal(Frames.Of(5), await taking.ReceiveAsync(Frames.HeaderSize));
        Assert.Equal((SendResult.Sent, SendResult.Sent), (await first, await last.Guarded()));
    }

    /// <summary>What a handler of the peer has sent before, and waits for, is on its way.</summary>
    [Theory, EachTransport]
    public async Task And_what_was_sent_before_goes_before(Transport transport)
    {
        MessageHeader header = new(0, 5);
        Script script = new()
        {
            OnMove = (peer, _) =>
            {
                peer.Send(new Raw([1]));
                Assert.True(peer.ForwardAsync(in header, [2]).AsTask().Wait(Guard.Patience));
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(Threading.Queued), Patient);
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        Peer peer = await script.Peers.NextAsync();
        byte[] body = new byte[Frame];
        int sent = 1;
        ValueTask<SendResult> waiting;
        while ((waiting = peer.ForwardAsync(in header, body)).IsCompleted)
        {
            Assert.Equal(SendResult.Sent, await waiting);
            sent++;
        }

        await client.SendAsync(Frames.Move(1, 2, 3));
        await server.ReadAsync(script, bytes: 1);
        List<byte> numbers = [];
        for (int i = 0; i < sent + 2; i++)
        {
            (_, byte[] received) = await client.ReceiveFrameAsync();
            if (received.Length != Frame)
            {
                numbers.Add(Assert.Single(received));
            }
        }

        Assert.Equal([1, 2], numbers);
        Assert.Equal(SendResult.Sent, await waiting);
    }

    /// <summary>What would never find room costs nobody the peer, whatever else waits there.</summary>
    [Theory, EachLine]
    public async Task And_what_is_too_long_is_told_so(Transport transport, Threading threading)
    {
        Script script = new();
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Patient);
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();

        Assert.Equal(SendResult.Overflow, await peer.ForwardAsync(new MessageHeader(0, 5), new byte[new PeerOptions().SendLimit]));

        await client.ExpectEchoAsync(Frames.Raw(1));
        Assert.Equal(CloseReason.None, peer.Reason);
    }

    private static async Task<List<RawClient>> ConnectAsync(TestServer server)
    {
        List<RawClient> clients = [];
        for (int i = 0; i < Clients; i++)
        {
            clients.Add(await server.ConnectAsync());
        }

        return clients;
    }

    private static byte[] Numbered(int client, int number)
        => Frames.Of(5, [.. BitConverter.GetBytes(client), .. BitConverter.GetBytes(number), .. Frames.Pattern(Frame, (client * Each) + number)]);
}
