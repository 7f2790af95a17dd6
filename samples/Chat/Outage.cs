using Chat.Terminal;
using QContinuum;

namespace Chat;

/// <summary>Says once that the server cannot be reached, however many attempts that takes. Called by the client, one change at a time.</summary>
internal sealed class Outage(string server, IScreen screen)
{
    private bool _isSaid;

    public void Tell(PeerClientChange change)
    {
        switch (change)
        {
            case { State: PeerClientState.Connected }:
                _isSaid = false;
                break;
            case { State: PeerClientState.Waiting, Error: { } error } when !_isSaid:
                _isSaid = true;
                screen.Write($"* cannot reach {server} ({Bounds.Strip(error.Message)}); trying until it works");
                break;
            case { State: PeerClientState.Waiting, Error: null } when !_isSaid:
                _isSaid = true;
                screen.Write($"* the server is gone ({change.Reason}); trying until it is back");
                break;
        }
    }
}
