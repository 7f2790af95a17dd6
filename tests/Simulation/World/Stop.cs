using System.Net;
using System.Runtime.CompilerServices;
using QContinuum.Loops;
using QContinuum.Transports;

namespace QContinuum.Simulation.Tests.World;

/// <summary>The server stops while its peers are busy: all that are there are to finish, and some time later, in some seeds, what has not is ended at once.</summary>
internal sealed class Stop(Random random, Journal journal, PeerServer server, Action<string> trace) : IActor
{
    /// <summary>One of so many times that it could: it comes at any time.</summary>
    private const int Seldom = 30;

    private readonly bool _hasPatience = random.Next(2) == 0;
    private bool _hasStopped;
    private bool _isOver;

    public bool CanAct => !_isOver && journal.Peers.Count > 0;

    public void Act()
    {
        if (random.Next(Seldom) != 0)
        {
            return;
        }

        _isOver = _hasStopped || _hasPatience;
        if (_hasStopped)
        {
            trace("the server waits no longer");
            ForEachPeer(static (peer, story) =>
            {
                story.WasStopped = true;
                story.WasClosedElsewhere = true;
                peer.AbortByServer();
            });
        }
        else
        {
            _hasStopped = true;
            trace("the server stops");
            ForEachPeer(static (peer, story) =>
            {
                story.WasStopped = true;
                peer.StopByServer();
            });
        }
    }

    private void ForEachPeer(Action<Peer, Story> action)
        => LoopsOf(server)!.ForEach(
            null,
            (pollable, _) =>
            {
                if (pollable is Connection { Owner: Peer peer })
                {
                    action(peer, journal.Of(((IPEndPoint)peer.RemoteEndPoint).Port));
                }
            });

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_loops")]
    private static extern ref LoopGroup? LoopsOf(PeerServer server);
}
