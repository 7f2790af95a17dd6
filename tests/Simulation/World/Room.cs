using System.Runtime.CompilerServices;
using QContinuum.Transports;

namespace QContinuum.Simulation.Tests.World;

/// <summary>
/// What waits for <see cref="Peer.SendAsync{T}"/>. That goes on by the thread pool: here it is waited for, once there is room, and then whoever sent goes on. So the
/// thread pool does not decide when.
/// </summary>
internal sealed class Room : IActor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<(Task Released, Task<SendResult> Sent, TaskCompletionSource Goes)> _waiting = [];

    public bool CanAct => _waiting.Exists(static one => one.Released.IsCompleted);

    public void Act()
    {
        int first = _waiting.FindIndex(static one => one.Released.IsCompleted);
        var (_, sent, goes) = _waiting[first];
        _waiting.RemoveAt(first);
        if (!sent.Wait(Patience))
        {
            throw new InvalidOperationException("There is room, and who waits for it does not go on.");
        }

        goes.SetResult();
    }

    internal Task WaitAsync(Peer peer, ValueTask<SendResult> sending)
    {
        if (sending.IsCompleted)
        {
            return Task.CompletedTask;
        }

        TaskCompletionSource goes = new();
        _waiting.Add((ConnectionOf(peer).WhenBelowLowWatermark(), sending.AsTask(), goes));
        return goes.Task;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_connection")]
    private static extern ref Connection ConnectionOf(Peer peer);
}
