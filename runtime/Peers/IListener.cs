using QContinuum.Loops;
using QContinuum.Transports;

namespace QContinuum;

/// <summary>What a server knows of a listener, whatever the transport.</summary>
internal interface IListener
{
    /// <summary>Begins to accept. Called once.</summary>
    void Start(LoopGroup loops, IAcceptedHandler accepted);

    /// <summary>Gives the place up; completes when nothing can be accepted there any more, also where it throws: that goes to the log of the server.</summary>
    Task StopAsync();
}
