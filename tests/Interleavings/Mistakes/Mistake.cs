namespace QContinuum.Interleavings.Tests.Mistakes;

/// <summary>Writes in the wrong order: what the runtime's source says in one place, what it says instead, and the test that fails of it.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="File">Within the runtime.</param>
/// <param name="Text">Statements that are there once.</param>
/// <param name="Replacement">What is there instead.</param>
/// <param name="Type">The class of the test.</param>
/// <param name="Test">The test.</param>
internal sealed record Mistake(string Name, string File, string Text, string Replacement, Type Type, string Test)
{
    internal static IReadOnlyList<Mistake> All { get; } =
    [
        new("a place of the queue is published before it is filled", "Processors/PumpQueue.cs",
            """
                                cell.Item = item;
                                Volatile.Write(ref cell.Sequence, tail + 1);
            """,
            "Volatile.Write(ref cell.Sequence, tail + 1); cell.Item = item;",
            typeof(What_is_queued_comes_out_once_in_order), nameof(What_is_queued_comes_out_once_in_order.And_it_is_whole_when_it_is_published)),
        new("a chain is published before it is known where it ends and what is before it", "Transports/Connection.Outgoing.cs",
            """
                    first.ChainLast = last;
                    Block? head;
                    do
                    {
                        head = Volatile.Read(ref _outbox);
                        first.Earlier = head;
                    }
                    while (Interlocked.CompareExchange(ref _outbox, first, head) != head);
            """,
            """
            Block? head;
            do
            {
                head = Volatile.Read(ref _outbox);
            }
            while (Interlocked.CompareExchange(ref _outbox, first, head) != head);
            first.ChainLast = last;
            first.Earlier = head;
            """,
            typeof(Nothing_published_stays_unsent), nameof(Nothing_published_stays_unsent.What_each_thread_published_is_sent_in_order)),
        new("who asks for attention is on the list before the others are behind it", "Loops/EventLoop.cs",
            """
                    Pollable? head;
                    do
                    {
                        head = Volatile.Read(ref _scheduled);
                        pollable.ScheduledNext = head;
                    }
                    while (Interlocked.CompareExchange(ref _scheduled, pollable, head) != head);
            """,
            """
            Pollable? head;
            do
            {
                head = Volatile.Read(ref _scheduled);
            }
            while (Interlocked.CompareExchange(ref _scheduled, pollable, head) != head);
            pollable.ScheduledNext = head;
            """,
            typeof(Who_asks_for_attention_has_it), nameof(Who_asks_for_attention_has_it.And_who_asked_earlier_is_not_lost_meanwhile)),
        new("what was returned by bits is counted once they are clear", "Buffers/BlockPool.Returning.cs",
            """
                        Volatile.Write(ref _releasedHere, _releasedHere + CountOfPlaces(word, bits));
                        Interlocked.And(ref _elsewhere.Bits[word], ~bits);
            """,
            "Interlocked.And(ref _elsewhere.Bits[word], ~bits); Volatile.Write(ref _releasedHere, _releasedHere + CountOfPlaces(word, bits));",
            typeof(A_block_is_returned_once), nameof(A_block_is_returned_once.And_none_that_was_returned_is_counted_as_held)),
    ];

    /// <summary>The source with the mistake, which it makes where <c>Mistaken.Active</c> is its number: so all of them are compiled at once.</summary>
    internal string PutInto(string source, int number)
    {
        string text = Text.ReplaceLineEndings("\n");
        string[] parts = source.ReplaceLineEndings("\n").Split(text);
        Assert.True(parts.Length == 2, $"{File} has this not at all, or twice: the mistake is to be said anew.{Environment.NewLine}{Text}");
        return $"{parts[0]}if (Mistaken.Active == {number}) {{ {Replacement} }} else {{ {text} }}{parts[1]}";
    }
}
