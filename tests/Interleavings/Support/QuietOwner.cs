using QContinuum.Buffers;
using QContinuum.Transports;

namespace QContinuum.Interleavings.Tests.Support;

/// <summary>Whoever has a connection and does nothing with it.</summary>
internal sealed class QuietOwner : IConnectionOwner
{
    public bool IsFull => false;

    public long Held => 0;

    public CloseReason Reason => CloseReason.None;

    public bool IsBusy => false;

    public long FirstAwaited => 0;

    public long RestAwaited => 0;

    public PeerDeadlines Deadlines => PeerDeadlines.All;

    public long UserDue => 0;

    public bool OnReceived(Block block, int length) => false;

    public void OnOpened()
    {
    }

    public void OnRoom()
    {
    }

    public void OnMoving()
    {
    }

    public void OnMoved()
    {
    }

    public void OnHungUp()
    {
    }

    public void OnEnded()
    {
    }

    public void OnLate(CloseReason reason, string? fault)
    {
    }

    public void OnClosed(CloseReason reason)
    {
    }

    public void OnReleased()
    {
    }
}
