namespace QContinuum.Simulation.Tests.Defects;

/// <summary>A defect that servers have had, put into the runtime's source by replacing a text that is there once.</summary>
/// <param name="Name">What the server does.</param>
/// <param name="File">Within the runtime.</param>
/// <param name="Text">What is there.</param>
/// <param name="Replacement">What is there instead.</param>
internal sealed record Defect(string Name, string File, string Text, string Replacement)
{
    internal static IReadOnlyList<Defect> All { get; } =
    [
        new("an event that is stale reaches who has the slot now", "Loops/EventLoop.Slots.cs", "is { } pollable && pollable.Key == key ? pollable : null", "is { } pollable ? pollable : null"),
        new("what a short send left is lost", "Transports/Connection.Outgoing.cs", "            block.Start += taken;", "            block.Start += block.Length;"),
        new("an end overtakes the handler that runs", "Peers/Peer.Lane.cs", "            _endPending = true;\n", "            _connection.FinishSending();\n"),
        new("a connection is closed with unread bytes, and its answers are lost", "Transports/Connection.Ending.cs", "        if (_remoteEnded)\n        {\n            CloseNow(CloseReason.Remote", "        if (true)\n        {\n            CloseNow(CloseReason.Remote"),
        new("nobody waits for room after a send found none", "Transports/Connection.Outgoing.cs", "                _blocked = true;\n", ""),
        new("what is kept of a message is never given back", "Buffers/PartialFrame.cs", "        _block?.Release();\n        _block = null;", "        _block = null;"),
        new("messages are handled while an asynchronous handler runs", "Peers/Peer.Holding.cs", "        Interlocked.Or(ref _interruption, HeldFlag);\n        Volatile", "        Volatile"),
        new("a redirected peer is still handled by the processor it left", "Peers/Peer.Receive.cs", "& ~CountedFlag) != 0;", "& ~(CountedFlag | MovingFlag)) != 0;"),
        new("EAGAIN is taken for the end", "Transports/Connection.Incoming.cs", "        else if (received == 0)\n", "        else if (received == 0 || received == -(int)IoError.WouldBlock)\n"),
        new("what came with the end is lost", "Transports/Connection.Incoming.cs", "            UpdateInterest();\n        }\n        else if (received == 0)", "            if (received < 64)\n            {\n                End();\n            }\n        }\n        else if (received == 0)"),
        new("a half message is waited for without end", "Transports/Connection.Deadlines.cs", "        else if (now >= rest)\n", "        else if (now >= rest && first == 0)\n"),
        new("EMFILE ends accepting", "Transports/Sockets/SocketAcceptor.cs", "                Pause(AcceptPause.NoDescriptor);\n", "                _loop.Poller.Modify(_handle, Key, Readiness.None);\n"),
        new("Closed is told twice", "Peers/Peer.Lane.cs", "            FinishClosing();\n            return;\n        }\n\n        try", "            FinishClosing();\n            return;\n        }\n\n        _processor.Close(this, Reason);\n        try"),
    ];

    public override string ToString() => Name;
}
