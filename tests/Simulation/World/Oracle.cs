namespace QContinuum.Simulation.Tests.World;

/// <summary>What must hold of every client, whatever happened to its connection.</summary>
/// <param name="client">The client.</param>
/// <param name="story">What happened to its peer.</param>
/// <param name="isMemoryShort">Whether anybody may have been closed for want of memory, or because too much waited for it.</param>
internal sealed class Oracle(Client client, Story story, bool isMemoryShort)
{
    private bool WasClosedElsewhere => story.WasClosedElsewhere || isMemoryShort;

    /// <summary>Nothing kept it from being answered what was handled.</summary>
    private bool IsToBeAnswered => client.Manners is Manners.Good or Manners.EndsEarly && !WasClosedElsewhere && !story.HasThrownAtOpening;

    /// <summary>Nothing kept it from sending, and being answered, everything.</summary>
    private bool IsToBeServed => IsToBeAnswered && !story.WasStopped;

    /// <summary>Nothing kept it from being heard to its end, whoever takes the answers.</summary>
    private bool IsToBeHandled => IsToBeServed || (client.Manners == Manners.Leaves && !WasClosedElsewhere && !story.HasThrownAtOpening && !story.WasStopped);

    /// <returns>What does not hold, or null.</returns>
    internal string? Judge()
    {
        if (story.Entries.Count == 0)
        {
            return !client.WasAccepted || client.WasReset || client.HasReset ? null : "it was accepted, and there was no Opened";
        }

        return (story.Running is { } running ? $"{running} has not ended" : null)
            ?? JudgeOrder() ?? JudgeHandled() ?? JudgeReason() ?? new Answers(client, story).Judge(IsToBeAnswered);
    }

    /// <summary>One Opened, then messages, then one Closed; the same again of the next processor where that was for a redirect; and nothing behind.</summary>
    private string? JudgeOrder()
    {
        string? processor = null;
        foreach (Entry entry in story.Entries)
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

        // Who closes in the midst of a redirect finds it between two processors.
        return processor is not null ? "there was no Closed"
            : story.Entries[^1].Closed == CloseReason.Redirected && !HasEndedOnTheWay ? "it was redirected, and there was no Opened"
            : null;
    }

    private bool HasEndedOnTheWay => story.Peer!.Reason != CloseReason.None;

    private string? JudgeHandled()
    {
        int next = 0;
        bool isLast = false;
        string? left = null;
        foreach (Entry entry in story.Entries.Where(static entry => entry.Number is not null))
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
            left = story.Moves.Contains(entry.Number.Value) && !story.WasMovedElsewhere ? entry.Processor : null;
        }

        return IsToBeHandled && !isLast && next < client.Messages.Count ? $"{next} of {client.Messages.Count} messages were handled" : null;
    }

    private string? JudgeReason()
    {
        CloseReason reason = story.Peer!.Reason;
        if (story.Entries[^1].Closed is { } told && told != reason && told != CloseReason.Redirected)
        {
            return $"it was closed by {told}, and says that it was by {reason}";
        }

        Request? last = story.Entries.LastOrDefault(static entry => entry.Number is not null).Number is { } number ? client.Messages[number] : null;
        bool isRight = reason switch
        {
            CloseReason.Local => last == Request.AnswerAndClose || story.WasClosedElsewhere,
            CloseReason.HandlerFault => last == Request.Throw || story.HasThrownAtOpening,
            CloseReason.Remote => client.Manners is Manners.Good or Manners.Leaves || (client.Manners == Manners.Resets && !client.HasReset) || (client.Manners == Manners.EndsEarly && IsWaiting),
            CloseReason.Truncated => client.Manners == Manners.EndsEarly,
            CloseReason.Reset => client.Manners is Manners.Resets,
            CloseReason.TooLong or CloseReason.NegativeLength => client.Manners == Manners.Lies,
            CloseReason.FirstMessageLate => client.Manners is Manners.Stops or Manners.Resets or Manners.Deaf,
            CloseReason.MessageLate => client.Manners == Manners.Stops,
            CloseReason.SendStalled => client.Manners is Manners.Deaf or Manners.Stops or Manners.Resets or Manners.Lies,
            CloseReason.Idle => client.Manners is Manners.Deaf or Manners.Resets,
            CloseReason.Stopped => story.WasStopped,
            CloseReason.MemoryShort or CloseReason.Overflow => isMemoryShort,
            _ => false,
        };
        return isRight ? null : $"a client that is {client.Manners}, and whose last message handled was {last}, was closed by {reason}";
    }

    /// <summary>Its end may have been told while a handler waited for it.</summary>
    private bool IsWaiting => client.Messages.Contains(Request.AnswerAsThereIsRoom) || client.Messages.Contains(Request.AskAndAnswer);
}
