namespace QContinuum.Simulation.Tests.World;

/// <summary>What all frames of the world begin with.</summary>
[Header(ByteOrder.LittleEndian)]
public readonly partial record struct Envelope([Length] int Length, [MessageId] int Id, [Correlation] uint Correlation);

/// <summary>An answer: to which message, and as much padding as that is long.</summary>
[Message<Envelope>(2)]
public readonly ref partial struct Answer
{
    /// <summary>Of the message that is answered.</summary>
    public readonly int Number;

    /// <summary>What makes it longer.</summary>
    [Tail]
    public readonly ReadOnlySpan<byte> Padding;
}

/// <summary>What the server asks its client, in the midst of a handler.</summary>
[Message<Envelope>(3, Reply = typeof(Confirmation))]
public readonly partial record struct Question(int Number);

/// <summary>What the client answers.</summary>
[Message<Envelope>(3, IsReply = true)]
public readonly partial record struct Confirmation(int Number);

/// <summary>What nobody has asked for: from a thread of the application, or from the handler of another peer.</summary>
[Message<Envelope>(4)]
public readonly ref partial struct News
{
    /// <summary>Who tells it.</summary>
    public readonly int Source;

    /// <summary>One more than the last that the source told anybody.</summary>
    public readonly int Number;

    /// <summary>What makes it longer.</summary>
    [Tail]
    public readonly ReadOnlySpan<byte> Padding;
}
