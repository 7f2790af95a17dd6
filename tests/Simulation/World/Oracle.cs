using System.Runtime.InteropServices;

namespace QContinuum.Simulation.Tests.World;

/// <summary>What must hold of every client, whatever happened to its connection.</summary>
internal static class Oracle
{
    /// <returns>What does not hold, or null.</returns>
    internal static string? Judge(Client client, Journal journal)
    {
        IReadOnlyList<Entry> entries = journal.Of(client.Port);
        if (entries.Count == 0)
        {
            return !client.WasAccepted || client.WasReset || client.HasReset ? null : "it was accepted, and there was no Opened";
        }

        return JudgeOrder(entries) ?? JudgeHandled(client, journal, entries) ?? JudgeReason(client, entries) ?? JudgeAnswers(client, entries);
    }

    /// <summary>One Opened, then messages, then one Closed; the same again of the next processor where that was for a redirect; and nothing behind.</summary>
    private static string? JudgeOrder(IReadOnlyList<Entry> entries)
    {
        string? processor = null;
        foreach (Entry entry in entries)
        {
            if (entry.IsOpened != processor is null)
            {
                return $"{entry} comes {(processor is null ? "after Closed" : "twice")}";
            }

            if (processor is not null && entry.Processor != processor)
            {
                return $"{entry} is seen by another than the one that opened it, {processor}";
            }

            processor = entry.Closed is null ? entry.Processor : null;
        }

        return processor is not null ? "there was no Closed"
            : entries[^1].Closed == CloseReason.Redirected ? "it was redirected, and there was no Opened"
            : null;
    }

    private static string? JudgeHandled(Client client, Journal journal, IReadOnlyList<Entry> entries)
    {
        int next = 0;
        bool isLast = false;
        string? left = null;
        foreach (Entry entry in entries.Where(static entry => entry.Number is not null))
        {
            if (entry.Number != next || isLast)
            {
                return $"message {entry.Number} is handled {(isLast ? "after one that closes" : $"where {next} was to come")}";
            }

            if (entry.Processor == left)
            {
                return $"message {entry.Number} is handled by {left}, which the peer left with the message before";
            }

            Request request = client.Messages[next++];
            isLast = request is Request.AnswerAndClose or Request.Throw;
            left = journal.HasMoved(client.Port, entry.Number.Value) ? entry.Processor : null;
        }

        return client.Manners is Manners.Good or Manners.EndsEarly && !isLast && next < client.Messages.Count
            ? $"{next} of {client.Messages.Count} messages were handled"
            : null;
    }

    private static string? JudgeReason(Client client, IReadOnlyList<Entry> entries)
    {
        CloseReason reason = entries[^1].Closed!.Value;
        Request? last = entries.LastOrDefault(static entry => entry.Number is not null).Number is { } number ? client.Messages[number] : null;
        bool isRight = reason switch
        {
            CloseReason.Local => last == Request.AnswerAndClose,
            CloseReason.HandlerFault => last == Request.Throw,
            CloseReason.Remote => client.Manners is Manners.Good or Manners.Resets,
            CloseReason.Truncated => client.Manners == Manners.EndsEarly,
            CloseReason.Reset => client.Manners is Manners.Resets,
            CloseReason.TooLong or CloseReason.NegativeLength => client.Manners == Manners.Lies,
            CloseReason.FirstMessageLate => client.Manners is Manners.Stops or Manners.Resets or Manners.Deaf,
            CloseReason.MessageLate => client.Manners == Manners.Stops,
            CloseReason.SendStalled => client.Manners is Manners.Deaf or Manners.Stops or Manners.Resets or Manners.Lies,
            CloseReason.Idle => client.Manners is Manners.Deaf or Manners.Resets,
            _ => false,
        };
        return isRight ? null : $"a client that is {client.Manners}, and whose last message handled was {last}, was closed by {reason}";
    }

    private static string? JudgeAnswers(Client client, IReadOnlyList<Entry> entries)
    {
        List<byte> expected = [];
        foreach (int number in entries.Where(static entry => entry.Number is not null).Select(static entry => entry.Number!.Value))
        {
            int count = client.Messages[number] switch
            {
                Request.AnswerOften => Message.Often,
                Request.Throw => 0,
                _ => 1,
            };
            for (int i = 0; i < count; i++)
            {
                expected.AddRange(Message.Answer(number));
            }
        }

        if (client.Received.Count > expected.Count || !CollectionsMarshal.AsSpan(expected)[..client.Received.Count].SequenceEqual(CollectionsMarshal.AsSpan(client.Received)))
        {
            return $"the {client.Received.Count} bytes it received are not the beginning of its answers";
        }

        return client.Manners is Manners.Good or Manners.EndsEarly && (client.WasReset || client.Received.Count < expected.Count)
            ? $"it received {client.Received.Count} of {expected.Count} bytes{(client.WasReset ? ", and was reset" : "")}"
            : null;
    }
}
