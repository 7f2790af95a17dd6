namespace QContinuum.MachineCode.Tests;

/// <summary>A length of 24 bits, a number and an id.</summary>
[Header(ByteOrder.LittleEndian)]
public readonly partial record struct ThreeByteHeader([Length] UInt24 Length, byte Sequence, [MessageId] byte Id);

/// <summary>Ten bytes, the most significant first.</summary>
[Header(ByteOrder.BigEndian)]
public readonly partial record struct BigEndianHeader([MessageId] ushort Id, [Correlation] uint Sequence, [Length] uint Length);

/// <summary>A header whose frames a method measures.</summary>
[Header(ByteOrder.LittleEndian)]
public readonly partial record struct MeasuredHeader([MessageId] byte Id, byte Body)
{
    [Framer]
    private static FrameStatus Measure(in MeasuredHeader header, ReadOnlySpan<byte> received, out int frame)
    {
        frame = 2 + header.Body;
        return received.Length < frame ? FrameStatus.Incomplete : FrameStatus.Complete;
    }
}

/// <summary>Eight fields of several widths.</summary>
[Message(1)]
public readonly partial record struct State(int Entity, short Kind, float X, float Y, float Z, long Time, double Weight, byte Flags);

/// <summary>Another one.</summary>
[Message(2)]
public readonly partial record struct Move(int Entity, float X, float Y);

/// <summary>One more, of one field.</summary>
[Message(3)]
public readonly partial record struct Halt(int Entity);

/// <summary>What is dispatched to.</summary>
[Processor(Threading.Inline)]
public sealed partial class Counter
{
    /// <summary>The sum of what came.</summary>
    public long Sum { get; private set; }

    [Handles]
    private void On(Peer peer, in State state) => Sum += state.Entity;

    [Handles]
    private void On(Peer peer, in Move move) => Sum += move.Entity;

    [Handles]
    private void On(Peer peer, in Halt halt) => Sum += halt.Entity;
}
