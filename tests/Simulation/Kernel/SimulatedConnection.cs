namespace QContinuum.Simulation.Tests.Kernel;

/// <summary>A connection as the kernel has it: two bounded runs of bytes, their ends, and what the server watches it for.</summary>
internal sealed class SimulatedConnection(int handle, int port, int room)
{
    internal int Handle => handle;

    /// <summary>By which the server tells who it is.</summary>
    internal int Port => port;

    internal Queue<byte> ToServer { get; } = new();

    internal Queue<byte> ToClient { get; } = new();

    internal int RoomToServer => room - ToServer.Count;

    internal int RoomToClient => room - ToClient.Count;

    internal bool IsAccepted { get; set; }

    /// <summary>The client sends no more, behind what is there.</summary>
    internal bool HasClientEnded { get; set; }

    /// <summary>The client has closed, having received all that was there: what it is sent now it answers with a reset, which the server meets with what it sends next.</summary>
    internal bool IsGone { get; set; }

    /// <summary>It has answered so.</summary>
    internal bool IsRefused { get; set; }

    /// <summary>The server sends no more, behind what is there.</summary>
    internal bool HasServerEnded { get; set; }

    /// <summary>Nothing more goes through, in no direction, and what was not received is lost.</summary>
    internal bool IsReset { get; private set; }

    /// <summary>The server has given its handle up.</summary>
    internal bool IsClosed { get; set; }

    internal ulong Key { get; set; }

    internal Loops.Readiness Interest { get; set; }

    internal bool IsWatched { get; set; }

    internal void Reset()
    {
        IsReset = true;
        ToServer.Clear();
        ToClient.Clear();
    }
}
