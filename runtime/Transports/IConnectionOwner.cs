using QContinuum.Buffers;

namespace QContinuum.Transports;

/// <summary>What a connection tells its peer. Every call comes on the connection's loop, in this order: opened, received…, ended, closed, released.</summary>
internal interface IConnectionOwner
{
    /// <summary>More has been received than the lane has consumed: the connection is not read until <see cref="Connection.ResumeReading"/>.</summary>
    bool IsFull { get; }

    /// <summary>Bytes received that the lane has not consumed, and keeps, and those that handlers own. Any thread; as exact as it can be meanwhile.</summary>
    long Held { get; }

    /// <summary>Why the connection ends; <see cref="CloseReason.None"/> while it does not.</summary>
    CloseReason Reason { get; }

    /// <summary>Whether the lane still has bytes to look at, or waits for a handler: then a message that lacks something does not lack it for the other side's fault.</summary>
    bool IsBusy { get; }

    /// <summary>Whether the lane waits for nothing but that the other side has kept to its rate of messages: that is no delay of this side's. As exact as it can be meanwhile.</summary>
    bool IsHeldByRate => false;

    /// <summary>
    /// Since when what was received waits for somebody who reads by hand, and who is not there, in milliseconds of the loop's clock; 0 where nothing does.
    /// Then the peer is idle, though it is busy: nobody may ever come.
    /// </summary>
    long UnreadSince => 0;

    /// <summary>
    /// Since when the first message is awaited, in milliseconds of the loop's clock; 0 for not any more, or not at all, and negative for later: the lane has
    /// to do something first.
    /// </summary>
    long FirstAwaited { get; }

    /// <summary>Since when the rest of a message is awaited, in milliseconds of the loop's clock; 0 for not at all.</summary>
    long RestAwaited { get; }

    /// <summary>What the other side is held to.</summary>
    PeerDeadlines Deadlines { get; }

    /// <summary>When the connection ends unless the application knows then who it is, in milliseconds of the loop's clock; 0 for never. Also while it knows.</summary>
    long UserDue { get; }

    /// <summary>That time, <paramref name="due"/>, is over.</summary>
    /// <returns>Whether the application knows who it is: then nothing is due any more.</returns>
    bool MeetsUserDue(long due) => false;

    /// <summary>Whether an attempt that has come to a connection is still wanted. Before <see cref="OnOpened"/>.</summary>
    bool MayOpen() => true;

    /// <summary>The connection is there.</summary>
    void OnOpened();

    /// <summary>Bytes have arrived in <paramref name="block"/>, which belongs to the loop: to keep them is to retain it.</summary>
    /// <returns>Whether the block was retained, so that the loop must not receive into it again.</returns>
    bool OnReceived(Block block, int length);

    /// <summary>The connection was scheduled: whatever the owner could not hand on earlier may have room now.</summary>
    void OnRoom();

    /// <summary>The owner asked for it by <see cref="Connection.AwaitTurn"/>: the other connections have had their turn.</summary>
    void OnTurn()
    {
    }

    /// <summary>The owner asked for it by <see cref="Connection.BeginMoving"/>: nothing more goes to its present lane.</summary>
    void OnMoving();

    /// <summary>The owner asked for it by <see cref="Connection.EndMoving"/>: what comes goes to its present lane.</summary>
    void OnMoved();

    /// <summary>Both directions have ended, and what came before is not read yet, since the lane has no room.</summary>
    void OnHungUp();

    /// <summary>Nothing more will be received; the owner answers with <see cref="Connection.FinishSending"/> once nothing more will be sent.</summary>
    void OnEnded();

    /// <summary>A deadline has passed: nothing more is dispatched, and the connection ends for this reason. <paramref name="fault"/> is logged.</summary>
    void OnLate(CloseReason reason, string? fault);

    /// <summary>The conversation is over: everything was written, or will not be. For <paramref name="reason"/> unless there was one before; none where the other side ended it, and <see cref="OnEnded"/> has said so.</summary>
    void OnClosed(CloseReason reason);

    /// <summary>The handle is closed: nothing follows.</summary>
    void OnReleased();
}
