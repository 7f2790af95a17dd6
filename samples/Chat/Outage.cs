using Chat.Terminal;
using QContinuum;

namespace Chat;

/// <summary>Says once that the server cannot be reached or does not answer, until it lets the client in. Any thread.</summary>
internal sealed class Outage(string server, IScreen screen)
{
    private readonly Lock _gate = new();
    private bool _isSaid;
    private bool _isWaitSaid;

    /// <summary>What the client does.</summary>
    public void Tell(PeerClientChange change)
    {
        switch (change)
        {
            case { State: PeerClientState.Waiting, Error: { } error }:
                Say($"* cannot reach {server} ({Bounds.Strip(error.Message)}); trying until it works");
                break;
            case { State: PeerClientState.Waiting, Error: null, Reason: not CloseReason.Local }:
                string how = change.Reason == CloseReason.Remote ? "it ended the connection" : $"the connection is lost: {change.Reason}";
                Say($"* the server is gone ({how}); trying until it is back");
                break;
        }
    }

    /// <summary>There is a connection, and no answer for a while.</summary>
    public void Wait()
    {
        lock (_gate)
        {
            if (!_isSaid && !_isWaitSaid)
            {
                _isWaitSaid = true;
                screen.Write($"* waiting for {server} to answer");
            }
        }
    }

    /// <summary>No answer is waited for any longer.</summary>
    public void GiveUp(int seconds) => Say($"* {server} has not answered for {seconds} s; trying until it does");

    /// <summary>The server has let the client in.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isSaid = _isWaitSaid = false;
        }
    }

    private void Say(string line)
    {
        lock (_gate)
        {
            if (!_isSaid)
            {
                _isSaid = true;
                screen.Write(line);
            }
        }
    }
}
