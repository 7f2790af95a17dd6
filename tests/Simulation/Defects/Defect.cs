namespace QContinuum.Simulation.Tests.Defects;

/// <summary>A defect that servers have had: what the runtime's source says in one place, and what it says instead. Either is a statement, or an expression.</summary>
/// <param name="Name">What the server does.</param>
/// <param name="File">Within the runtime.</param>
/// <param name="Text">A text that is there once; where that takes more than what is replaced, that is between « and ».</param>
/// <param name="Replacement">What is there instead.</param>
internal sealed record Defect(string Name, string File, string Text, string Replacement)
{
    internal static IReadOnlyList<Defect> All { get; } = [.. OfConnections, .. OfLanes, .. OfEnds];

    private static IEnumerable<Defect> OfConnections =>
    [
        new("an event that is stale reaches who has the slot now", "Loops/EventLoop.Slots.cs", "is { } pollable && «pollable.Key == key» ? pollable", "true"),
        new("a closed connection is written to", "Transports/Connection.Ending.cs", "«State = ConnectionState.Closed;»\n        CloseHandle", ";"),
        new("what a short send left is lost", "Transports/Connection.Outgoing.cs", "block.Start += taken;", "block.Start += block.Length;"),
        new("what is to be sent is let go when there is no room", "Transports/Connection.Outgoing.cs", "NoteBlocked();",
            "NoteBlocked(); Interlocked.Add(ref _pending, -first.Length); _queueFirst = first.Next; _queueLast = _queueFirst is null ? null : _queueLast; first.Release();"),
        new("nobody waits for room after a send found none", "Transports/Connection.Outgoing.cs", "_blocked = true;", ";"),
        new("whoever waited for room hears of it for ever", "Transports/Connection.Incoming.cs", "(_blocked ? Readiness.Writable : Readiness.None)",
            "((_interest & Readiness.Writable) | (_blocked ? Readiness.Writable : Readiness.None))"),
        new("one read is all there is of an event", "Transports/Connection.Incoming.cs", "«UpdateInterest();»\n        }\n        else if (received == 0 &&", "_interest = Readiness.None; Watch(_interest);"),
        new("EAGAIN is taken for the end", "Transports/Connection.Incoming.cs", "else if («received == 0» && !IsReset", "(received == 0 || received == -(int)IoError.WouldBlock)"),
        new("what came with the end is lost", "Transports/Connection.Incoming.cs", "NoteReceived(received);",
            "NoteReceived(received); if (received < 64) Loop.Post(_ => { if (State == ConnectionState.Open) End(); }, null);"),
        new("EMFILE ends accepting", "Transports/Sockets/SocketAcceptor.cs", "Pause(AcceptPause.NoDescriptor);", "_loop.Poller.Modify(_handle, Key, Readiness.None);"),
        new("at EMFILE the loop goes round and round", "Transports/Sockets/SocketAcceptor.cs", "Pause(AcceptPause.NoDescriptor);", ";"),
        new("memory has no limit", "Loops/MemoryGuard.cs", "return «excess >= 0» ? MemoryPressure.CloseLargest", "false"),
        new("what is passed on is as long as a header says", "Peers/Peer.Send.cs", "int size = «Framing.SizeOf<THeader>(body.Length)»;", "Framing.SizeOf<THeader>(body.Length + 64)"),
        new("a reset is told as an end", "Transports/Connection.Incoming.cs", "IoError.Reset)\n        {\n            «CloseNow(CloseReason.Reset, reset: true);»",
            "CloseNow(CloseReason.Remote, reset: true);"),
        new("who does not take its answers is read on", "Transports/Connection.Outgoing.cs",
            "_congested = «_answers > (_congested ? options.LowWatermark : options.HighWatermark)»", "false"),
        new("what a pump holds has no bound", "Peers/Peer.Receive.cs", "return «Volatile.Read(ref _handed) > MostKept»;", "false"),
        new("what waits to be sent has no bound", "Peers/Peer.Send.cs", "int MostWaiting => «_options.SendLimit»;", "int.MaxValue"),
        new("who begins a message is given a MiB", "Buffers/PartialFrame.cs", "pool.Take(«SizeFor(length, count)»)", "Math.Max(SizeFor(length, count), 1024 * 1024)"),
    ];

    private static IEnumerable<Defect> OfLanes =>
    [
        new("a wake-up is lost between the last look and the flag", "Processors/Pump.cs", "IsIdle && Volatile.Read(ref _users) > 0", "Volatile.Read(ref _users) > 0"),
        new("a full queue drops messages", "Peers/Peer.Receive.cs", "stash.Run = item;", "item.Block!.Release();"),
        new("bytes are given back before they are handled", "Loops/EventLoop.cs", "_stagingBlock.Retain();", ";"),
        new("a block is given back twice", "Peers/Peer.Lane.cs", "item.Block.Release();", "item.Block.Release(); item.Block.Release();"),
        new("what is kept of a message is never given back", "Buffers/PartialFrame.cs", "_block?.Release();", ";"),
        new("what throws ends the pump", "Loops/Lane.cs", "Tell(Log, exception);", "throw new InvalidOperationException(\"It ends the pump.\", exception);"),
        new("messages are handled while an asynchronous handler runs", "Peers/Peer.Holding.cs", "Interlocked.Or(ref _interruption, HeldFlag);", ";"),
        new("messages are handled before Opened", "Transports/Connection.cs", "Owner.OnOpened();",
            "Loop.CallLater(_ => Loop.Post(_ => Owner.OnOpened(), null), this, TimeSpan.FromMilliseconds(1));"),
        new("a redirected peer is still handled by the processor it left", "Peers/Peer.Receive.cs", "(Volatile.Read(ref _interruption) & «~CountedFlag») != 0;", "~(CountedFlag | MovingFlag)"),
        new("a redirect loses what was kept", "Peers/Peer.Redirect.cs", "_isArriving = true;", "_isArriving = true; _partial.Clear();"),
        new("who asks after the end waits for the time-out", "Peers/Peer.Requests.cs", "else if («Volatile.Read(ref _hasNoReplies)»)", "false"),
    ];

    private static IEnumerable<Defect> OfEnds =>
    [
        new("an end overtakes the handler that runs", "Peers/Peer.Lane.cs", "_endPending = true;", "_connection.FinishSending();"),
        new("a connection is closed with unread bytes, and its answers are lost", "Transports/Connection.Ending.cs", "if («_remoteEnded»)\n        {\n            CloseNow", "true"),
        new("a half message is waited for without end", "Transports/Connection.Deadlines.cs", "else if («now >= rest»)\n", "now >= rest && first == 0"),
        new("no Closed comes after a protocol error", "Peers/Peer.Close.cs", "TrySetReason(reason, what);\n        «_connection.Close();»", ";"),
        new("no Closed comes after the application closed", "Peers/Peer.Close.cs", "TrySetReason(CloseReason.Local);\n        «_connection.Close();»", ";"),
        new("a stop destroys what is queued", "Peers/Peer.Close.cs", "«_connection.CloseByServer();»", "_connection.Abort();"),
        new("no Closed comes after a time-out", "Transports/Connection.Deadlines.cs", "FirstMessageTimeout.TotalSeconds} s\");\n            «End();»", ";"),
        new("Closed is told twice", "Peers/Peer.Lane.cs", "_processor.Close(this, Reason);", "_processor.Close(this, Reason); _processor.Close(this, Reason);"),
        new("who waits for room waits for a connection that is gone", "Transports/Connection.Outgoing.cs", "Interlocked.Add(ref _pending, -dropped);\n        «ReleaseWaiters();»", ";"),
        new("what came before nobody took the answers is lost", "Transports/Connection.Incoming.cs", "HangUp(readiness);", "CloseNow(CloseReason.Reset, reset: true);"),
        new("a group keeps who has closed", "Peers/Peer.Lane.cs", "LeaveGroups();", ";"),
    ];

    public override string ToString() => Name;

    /// <summary>The source with the defect, which it has where the environment says so: so all of them are built at once.</summary>
    /// <returns>Null if the text is not there, or there more than once.</returns>
    internal string? PutInto(string source, int number)
    {
        string[] parts = Text.Split('«', '»');
        string whole = string.Concat(parts);
        var (before, replaced, after) = parts.Length == 1 ? ("", parts[0], "") : (parts[0], parts[1], parts[2]);
        int at = source.IndexOf(whole, StringComparison.Ordinal);
        if (at < 0 || source.IndexOf(whole, at + 1, StringComparison.Ordinal) >= 0)
        {
            return null;
        }

        string chosen = replaced.EndsWith(';')
            ? $"if (Defective.Is({number})) {{ {Replacement} }} else {{ {replaced} }}"
            : $"(Defective.Is({number}) ? {Replacement} : {replaced})";
        return source[..at] + before + chosen + after + source[(at + whole.Length)..];
    }
}
