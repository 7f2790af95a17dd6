using System.Text;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Replies;

/// <summary>A flag and a fault bit beside the id, a field that replies copy, one that they do not, and a correlation: <c>LL LL KK UU PP CC CC</c>.</summary>
[Header(ByteOrder.BigEndian)]
public readonly partial record struct FlagHeader(
    [Length] ushort Length,
    [MessageId(Mask = 0x3F), ReplyFlag(Mask = 0x80), Fault(Mask = 0x40)] byte Kind,
    [Copied] byte Unit,
    byte Priority,
    [Correlation] ushort Call);

[Message<FlagHeader>(1, Reply = typeof(Level))]
public readonly partial record struct GetLevel(byte Tank);

[Message<FlagHeader>(1, IsReply = true)]
public readonly partial record struct Level(byte Content);

/// <summary>Answered by a <see cref="ValueTask{TResult}"/>.</summary>
[Message<FlagHeader>(2, Reply = typeof(Filled))]
public readonly partial record struct Fill(byte Tank);

[Message<FlagHeader>(2, IsReply = true)]
public readonly partial record struct Filled(byte Content);

/// <summary>Answered by a <see cref="Task{TResult}"/>.</summary>
[Message<FlagHeader>(3, Reply = typeof(Drained))]
public readonly partial record struct Drain(byte Tank);

[Message<FlagHeader>(3, IsReply = true)]
public readonly partial record struct Drained(byte Content);

/// <summary>Answered by a view.</summary>
[Message<FlagHeader>(4, Reply = typeof(Name))]
public readonly partial record struct GetName(byte Tank);

[Message<FlagHeader>(4, IsReply = true)]
public readonly ref partial struct Name
{
    [Tail]
    public readonly ReadOnlySpan<byte> Text;
}

/// <summary>Answered by hand.</summary>
[Message<FlagHeader>(5)]
public readonly partial record struct Inspect(byte Tank);

/// <summary>A fault with the id of what failed.</summary>
[Message<FlagHeader>(IsFault = true)]
public readonly partial record struct Fault(byte Code);

/// <summary>What a test wants the tanks to do.</summary>
public sealed class Tanks
{
    public Journal<Peer> Peers { get; } = new();

    public Journal<CloseReason> Closings { get; } = new();

    /// <summary>What every asynchronous handler waits for.</summary>
    public Func<byte, Task> Wait { get; init; } = static _ => Task.CompletedTask;

    public Action<Peer, FlagHeader, Inspect> OnInspect { get; init; } = static (_, _, _) => { };

    public Processor Run(Threading threading) => threading == Threading.Queued ? new QueuedTanks(this) : new InlineTanks(this);

    internal async ValueTask<Filled> FillAsync(Fill fill)
    {
        await Wait(fill.Tank);
        return new Filled((byte)(fill.Tank + 2));
    }

    internal async Task<Drained> DrainAsync(Drain drain)
    {
        await Wait(drain.Tank);
        return new Drained((byte)(drain.Tank + 3));
    }
}

[Processor<FlagHeader>(Threading.Queued)]
public sealed partial class QueuedTanks(Tanks tanks)
{
    [Opened]
    private void Opened(Peer peer) => tanks.Peers.Add(peer);

    [Handles]
    private Level On(Peer peer, in GetLevel get) => new((byte)(get.Tank + 1));

    [Handles]
    private ValueTask<Filled> On(Peer peer, Fill fill) => tanks.FillAsync(fill);

    [Handles]
    private Task<Drained> On(Peer peer, Drain drain) => tanks.DrainAsync(drain);

    [Handles]
    private Name On(Peer peer, in GetName get) => new(Encoding.ASCII.GetBytes($"tank {get.Tank}"));

    [Handles]
    private void On(Peer peer, in FlagHeader header, in Inspect inspect) => tanks.OnInspect(peer, header, inspect);

    [Closed]
    private void Closed(Peer peer, CloseReason reason) => tanks.Closings.Add(reason);
}

[Processor<FlagHeader>(Threading.Inline)]
public sealed partial class InlineTanks(Tanks tanks)
{
    [Opened]
    private void Opened(Peer peer) => tanks.Peers.Add(peer);

    [Handles]
    private Level On(Peer peer, in GetLevel get) => new((byte)(get.Tank + 1));

    [Handles]
    private ValueTask<Filled> On(Peer peer, Fill fill) => tanks.FillAsync(fill);

    [Handles]
    private Task<Drained> On(Peer peer, Drain drain) => tanks.DrainAsync(drain);

    [Handles]
    private Name On(Peer peer, in GetName get) => new(Encoding.ASCII.GetBytes($"tank {get.Tank}"));

    [Handles]
    private void On(Peer peer, in FlagHeader header, in Inspect inspect) => tanks.OnInspect(peer, header, inspect);

    [Closed]
    private void Closed(Peer peer, CloseReason reason) => tanks.Closings.Add(reason);
}

/// <summary>Frames with a <see cref="FlagHeader"/>, made by hand.</summary>
internal static class FlagFrames
{
    public const int HeaderSize = 7;

    public const byte Reply = 0x80;
    public const byte Fault = 0xC0;

    public static byte[] Of(byte kind, ushort call, byte unit, byte priority, params ReadOnlySpan<byte> body)
        => [(byte)(body.Length >> 8), (byte)body.Length, kind, unit, priority, (byte)(call >> 8), (byte)call, .. body];
}
