using System.Runtime.CompilerServices;
using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Simulation.Tests.Kernel;
using QContinuum.Transports;

namespace QContinuum.Simulation.Tests.World;

/// <summary>What each peer may hold, in every seed: nothing is read of who is over a watermark, so that it is one read more at most, and nothing is sent over the limit.</summary>
/// <param name="journal">Knows the peers.</param>
/// <param name="options">Of all peers.</param>
/// <param name="fail">Is told what is too much.</param>
internal sealed class Bounds(Journal journal, PeerOptions options, Action<string> fail)
{
    /// <summary>The server is about to read.</summary>
    internal void LookBeforeRead(SimulatedConnection read)
    {
        Story story = journal.Of(read.Port);
        if (story.Peer is not { } peer)
        {
            return;
        }

        Connection connection = ConnectionOf(peer);
        if (StateOf(connection) != ConnectionState.Open)
        {
            // What comes now goes nowhere.
            return;
        }

        if (AnswersOf(connection) > options.HighWatermark)
        {
            fail($"client {read.Port} is read, and has not taken {AnswersOf(connection)} bytes of answers");
        }

        // Of who has moved, what the pump held is counted until the next handler ends, and the loop may be about to read it.
        if (HandedOf(peer) > MostKept(peer) && story.Moves.Count == 0 && !story.WasMovedElsewhere)
        {
            fail($"client {read.Port} is read, and a pump holds {HandedOf(peer)} bytes of it");
        }
    }

    /// <summary>Between two turns of the loop.</summary>
    internal void Look()
    {
        foreach (Peer peer in journal.Peers)
        {
            int waiting = ConnectionOf(peer).Pending;
            if (waiting > options.SendLimit)
            {
                fail($"{waiting} bytes wait to be sent to {peer.RemoteEndPoint}");
            }

            // The message in progress; and, of who is held by a handler, what came until it was read no more. A block is up to twice as large as what it is for.
            if (peer.CommittedBytes > 2 * Math.Max(options.MaxMessageSize + Message.HeaderSize, MostKept(peer) + EventLoop.ReadSize))
            {
                fail($"{peer.CommittedBytes} bytes are taken for unfinished messages of {peer.RemoteEndPoint}");
            }
        }
    }

    /// <summary>What may be kept for a handler. Whoever has asked is read until the reply is whole.</summary>
    private int MostKept(Peer peer) => options.HighWatermark + (peer.Extras.Requests is null ? 0 : options.MaxMessageSize + (2 * EventLoop.ReadSize));

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_connection")]
    private static extern ref Connection ConnectionOf(Peer peer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_handed")]
    private static extern ref int HandedOf(Peer peer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_answers")]
    private static extern ref int AnswersOf(Connection connection);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_State")]
    private static extern ConnectionState StateOf(Connection connection);
}
