namespace QContinuum;

/// <summary>Those who wait to pass something on to one peer, one behind another. Under its <see cref="Gate"/>, but <see cref="Leave"/>.</summary>
internal sealed class ForwardLine
{
    /// <summary>Completes when the last who came has had its turn.</summary>
    private Task _last = Task.CompletedTask;

    /// <summary>Held by who looks whether there is room, until it has queued what it has: of several at once none finds the same room.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Whether nobody waits.</summary>
    internal bool IsEmpty => _last.IsCompleted;

    /// <summary>Waits behind all who are there.</summary>
    /// <param name="turn">To be given to <see cref="Leave"/>.</param>
    /// <returns>Completes when those who are before it have had their turn; it does not fail.</returns>
    internal Task Join(out TaskCompletionSource turn)
    {
        turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before = _last;
        _last = turn.Task;
        return before;
    }

    /// <summary>It has had its turn, or has given up: then those behind it go on waiting for those before it. Any thread.</summary>
    internal static void Leave(Task before, TaskCompletionSource turn)
    {
        if (before.IsCompleted)
        {
            turn.SetResult();
        }
        else
        {
            _ = before.ContinueWith(
                static (_, turn) => ((TaskCompletionSource)turn!).SetResult(), turn, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
