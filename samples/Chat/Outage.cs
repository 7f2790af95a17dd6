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
            case { State: PeerClientState.Waiting, Error: null, Reason: not CloseReason.Local } when !_isSaid:
                _isSaid = true;
                string how = change.Reason == CloseReason.Remote ? "it ended the connection" : $"the connection is lost: {change.Reason}";
                screen.Write($"* the server is gone ({how}); trying until it is back");
                break;
        }
    }
}
