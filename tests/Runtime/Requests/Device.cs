using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

/// <summary>Length, id with a fault bit, and a correlation of one byte: <c>LL ID CC</c>.</summary>
[Header(ByteOrder.BigEndian)]
internal readonly partial record struct DeviceHeader([Length] byte Length, [MessageId(Mask = 0x7F), Fault(Mask = 0x80)] byte Id, [Correlation] byte Correlation, [Copied] byte Unit);

[Message<DeviceHeader>(1, Reply = typeof(Value))]
internal readonly partial record struct Ask(byte Register);

[Message<DeviceHeader>(1, IsReply = true)]
internal readonly partial record struct Value(ushort Content);

[Message<DeviceHeader>(IsFault = true)]
internal readonly partial record struct Refusal(byte Code);

[Message<DeviceHeader>(2)]
internal readonly partial record struct Event(byte Number);

/// <summary>What a peer that asks does with everything that is no reply.</summary>
[Processor<DeviceHeader>(Threading.Inline)]
internal sealed partial class InlineAsker : IAsker
{
    public required Func<Peer, byte, ValueTask> OnEvent { get; init; }

    [Handles]
    private ValueTask On(Peer peer, in Event message) => OnEvent(peer, message.Number);
}

/// <summary>The same on a pump.</summary>
[Processor<DeviceHeader>]
internal sealed partial class QueuedAsker : IAsker
{
    public required Func<Peer, byte, ValueTask> OnEvent { get; init; }

    [Handles]
    private ValueTask On(Peer peer, in Event message) => OnEvent(peer, message.Number);
}

internal interface IAsker;

/// <summary>A peer of ours that asks who has connected to it, by bare bytes: what is sent is in the test's hands, one by one.</summary>
internal sealed class Line : IAsyncDisposable
{
    private readonly TestServer _server;

    private Line(TestServer server, Peer peer, RawClient device, Journal<byte> events)
    {
        _server = server;
        Peer = peer;
        Device = device;
        Events = events;
    }

    public Peer Peer { get; }

    public PeerServer Server => _server.Server;

    public Journal<string> Log => _server.Log;

    public RawClient Device { get; }

    /// <summary>The events that were handled, in order.</summary>
    public Journal<byte> Events { get; }

    public static async Task<Line> OpenAsync(Transport transport, Threading threading, PeerOptions? options = null, Func<Peer, byte, ValueTask>? onEvent = null, TimeProvider? clock = null)
    {
        var events = new Journal<byte>();
        ValueTask Handle(Peer peer, byte number)
        {
            events.Add(number);
            return onEvent?.Invoke(peer, number) ?? default;
        }

        Processor asker = threading == Threading.Inline ? new InlineAsker { OnEvent = Handle } : new QueuedAsker { OnEvent = Handle };
        TestServer server = await TestServer.StartAsync(transport, asker, new PeerServerOptions { Loops = 1, Peers = options ?? new PeerOptions(), TimeProvider = clock ?? TimeProvider.System });
        Task<Peer> accepting = server.Server.AcceptAsync();
        RawClient device = await server.ConnectAsync();
        return new Line(server, await accepting.Guarded(), device, events);
    }

    /// <summary>Receives a request, and gives its correlation.</summary>
    public async Task<byte> ReceiveAskAsync(byte register)
    {
        byte[] frame = await Device.ReceiveAsync(5);
        Assert.Equal([1, 1, frame[2], 0, register], frame);
        return frame[2];
    }

    public Task ReplyAsync(byte correlation, ushort content) => Device.SendAsync(Reply(correlation, content));

    public static byte[] Reply(byte correlation, ushort content) => [2, 1, correlation, 0, (byte)(content >> 8), (byte)content];

    public static byte[] Occur(byte number, byte correlation = 0) => [1, 2, correlation, 0, number];

    public async ValueTask DisposeAsync()
    {
        Device.Dispose();
        await _server.DisposeAsync();
    }
}
