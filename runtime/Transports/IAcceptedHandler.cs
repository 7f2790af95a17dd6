using System.Net;
using QContinuum.Loops;

namespace QContinuum.Transports;

/// <summary>Takes the connections that were accepted. Called on the listener's loop.</summary>
internal interface IAcceptedHandler
{
    /// <summary>Whether one more is welcome.</summary>
    bool HasRoom { get; }

    /// <summary>The bounds of what is accepted.</summary>
    PeerOptions Options { get; }

    /// <summary>Whether this address may have one more connection; if so, that one is counted.</summary>
    bool IsWelcome(in SocketPeerAddress address);

    /// <summary>A connection was accepted only to be reset, since there is no descriptor for it.</summary>
    void OnRefused();

    /// <summary>Accepting pauses.</summary>
    void OnPaused();

    /// <summary>The loop of the next connection.</summary>
    EventLoop ChooseLoop();

    /// <summary>The owner of the next connection, which is then given to it.</summary>
    /// <param name="loop">The loop of the connection.</param>
    /// <param name="address">The address of the other side, where it has one.</param>
    /// <param name="endpoint">What it is known by where it has none.</param>
    IAcceptedOwner Accept(EventLoop loop, in SocketPeerAddress address, EndPoint? endpoint);
}

/// <summary>The owner of a connection that was accepted.</summary>
internal interface IAcceptedOwner : IConnectionOwner
{
    /// <summary>Takes the connection and lets it run.</summary>
    void Begin(Connection connection);
}

/// <summary>What a listener knows of what accepts for it, whatever the transport.</summary>
internal interface IAcceptor
{
    /// <summary>Begins to accept. Any thread.</summary>
    void Start();

    /// <summary>Stops accepting; completes when no connection can be accepted any more. Any thread.</summary>
    Task StopAsync();
}
