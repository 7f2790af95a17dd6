namespace QContinuum.Runtime.Tests.Support;

/// <summary>Nothing tells replies from requests, and the correlation has eight bits.</summary>
[Header(ByteOrder.BigEndian)]
public readonly partial record struct CallHeader([Length] ushort Length, [MessageId] byte Kind, [Correlation] byte Call);

[Message<CallHeader>(1, Reply = typeof(Answer), Fault = typeof(Rejection))]
public readonly partial record struct Question(int Number);

[Message<CallHeader>(2, IsReply = true)]
public readonly partial record struct Answer(int Number);

[Message<CallHeader>(3, IsFault = true)]
public readonly partial record struct Rejection(ushort Code);

/// <summary>An ordinary message.</summary>
[Message<CallHeader>(4)]
public readonly partial record struct Note(int Number);

/// <summary>A message whose handler is asynchronous.</summary>
[Message<CallHeader>(5)]
public readonly partial record struct Errand(int Number);

[Message<CallHeader>(6, Reply = typeof(Page))]
public readonly partial record struct Lookup(int Number);

/// <summary>A reply that is a view.</summary>
[Message<CallHeader>(7, IsReply = true)]
public readonly ref partial struct Page
{
    public readonly int Number;

    [Tail]
    public readonly ReadOnlySpan<byte> Text;
}
