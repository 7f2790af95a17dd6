using System.Net;
using System.Net.Sockets;

namespace QContinuum;

/// <summary>One peer for several addresses: that of the first which is reached.</summary>
/// <remarks>
/// As RFC 8305, section 5, has it: the addresses in the order in which the system gives them, each next one when the one before has failed, or has not answered within
/// <see cref="AttemptDelay"/>, which does not end that one. Who is connected first goes on, however long its Opened handler takes; the others end, and no handler hears of them.
/// </remarks>
internal sealed class ConnectionRace(TimeProvider clock, CancellationToken cancellationToken)
{
    /// <summary>The Connection Attempt Delay that RFC 8305, section 8, recommends.</summary>
    internal static readonly TimeSpan AttemptDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>The number of the attempt that was connected first. Loops set it.</summary>
    private readonly TaskCompletionSource<int> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _givenUp = cancellationToken;
    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly List<Task<Peer>> _attempts = [];

    /// <summary>Called once.</summary>
    /// <param name="addresses">The addresses, at least one.</param>
    /// <param name="connect">Connects to an address, and asks what it is given, when it is connected, whether it may open.</param>
    /// <exception cref="SocketException">None could be reached; the error is that of the last address.</exception>
    /// <exception cref="OperationCanceledException">It was given up; with the token of who did so.</exception>
    internal async Task<Peer> RunAsync(IPAddress[] addresses, Func<IPAddress, Func<bool>, CancellationToken, Task<Peer>> connect)
    {
        Peer peer;
        try
        {
            foreach (IPAddress address in addresses)
            {
                int number = _attempts.Count;
                Task late = Task.Delay(AttemptDelay, clock, _over.Token);
                Task<Peer> attempt = connect(address, () => _first.TrySetResult(number), _over.Token);
                _attempts.Add(attempt);
                await Task.WhenAny(_first.Task, attempt, late).ConfigureAwait(false);
                if (_first.Task.IsCompleted)
                {
                    break;
                }

                if (attempt.IsCompleted && attempt.Exception?.InnerException is not SocketException)
                {
                    // Where it is not the address that fails, the others would do no better.
                    await attempt.ConfigureAwait(false);
                }
            }

            await Task.WhenAny(_first.Task, AllEndedAsync()).ConfigureAwait(false);
            peer = await _attempts[_first.Task.IsCompleted ? await _first.Task.ConfigureAwait(false) : ^1].ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Whoever tries again does not meet what is left of this.
            await EndAsync().ConfigureAwait(false);
            if (exception is OperationCanceledException)
            {
                _givenUp.ThrowIfCancellationRequested();
            }

            throw;
        }

        // Who has lost may end later: what it belongs to may be busy with the first.
        _ = EndAsync();
        return peer;
    }

    private async Task EndAsync()
    {
        await _over.CancelAsync().ConfigureAwait(false);
        await AllEndedAsync().ConfigureAwait(false);
        _over.Dispose();
    }

    /// <summary>Completes when no attempt is under way any more, however they have ended.</summary>
    private async Task AllEndedAsync() => await ((Task)Task.WhenAll(_attempts)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
