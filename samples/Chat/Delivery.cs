using Chat.Messages;
using QContinuum;

namespace Chat;

/// <summary>The way to the server while the client is in: what is said is under way until the server has handled it. Any thread.</summary>
/// <remarks>0 ≤ handled ≤ said ≤ handled + <see cref="MostUnderWay"/>, and handled = said while there is no way.</remarks>
internal sealed class Delivery
{
    /// <summary>About what a server takes of a client in a second; more would wait in buffers, and be lost with the connection.</summary>
    private const int MostUnderWay = 20;

    private readonly object _gate = new();

    /// <summary>How much had been said at each Ping that is not answered; answers come in the order of their questions.</summary>
    private readonly Queue<int> _asked = new();

    private Peer? _peer;
    private int _said;
    private int _handled;
    private int _lost;

    /// <summary>Whether the server owes an answer.</summary>
    public bool IsAsking
    {
        get
        {
            lock (_gate)
            {
                return _asked.Count > 0;
            }
        }
    }

    /// <summary>The server has let the client in.</summary>
    public void Begin(Peer peer)
    {
        lock (_gate)
        {
            _peer = peer;
        }
    }

    /// <summary>The connection is lost.</summary>
    /// <param name="tell">Told how many texts were under way, if any, before <see cref="Finish"/> goes on.</param>
    public void End(Action<int> tell)
    {
        lock (_gate)
        {
            int underWay = _said - _handled;
            _lost += underWay;
            _handled = _said;
            _asked.Clear();
            _peer = null;
            if (underWay > 0)
            {
                tell(underWay);
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Sends a message of which nobody keeps count.</summary>
    /// <returns>False when there is no way: it is not sent.</returns>
    public bool Send<T>(T message)
        where T : IMessage<T>
    {
        lock (_gate)
        {
            return _peer?.Send(in message) is SendResult.Sent or SendResult.Congested;
        }
    }

    /// <summary>Sends a text; waits as long as too many are under way. Not on the thread of the session, which learns what was handled.</summary>
    /// <returns>False when there is no way: it is not sent.</returns>
    public bool Say<T>(T message)
        where T : IMessage<T>
    {
        lock (_gate)
        {
            while (_said - _handled == MostUnderWay)
            {
                Monitor.Wait(_gate);
            }

            if (!Send(message))
            {
                return false;
            }

            _said++;
            if (_asked.Count == 0)
            {
                Ask();
            }

            return true;
        }
    }

    /// <summary>A text was not sent, and is nowhere kept.</summary>
    public void Lose()
    {
        lock (_gate)
        {
            _lost++;
        }
    }

    /// <summary>Asks whether the server has handled all until now.</summary>
    public void Ask()
    {
        lock (_gate)
        {
            if (Send(new Ping()))
            {
                _asked.Enqueue(_said);
            }
        }
    }

    /// <summary>The server has answered.</summary>
    public void Answered()
    {
        lock (_gate)
        {
            if (_asked.TryDequeue(out int said))
            {
                _handled = said;
                Monitor.PulseAll(_gate);
            }

            if (_handled < _said && _asked.Count == 0)
            {
                Ask();
            }
        }
    }

    /// <summary>Waits until nothing is under way any more. As <see cref="Say"/>, which asks for what it sends.</summary>
    /// <returns>How many texts were lost: not sent, or under way when the connection was lost.</returns>
    public int Finish()
    {
        lock (_gate)
        {
            while (_handled < _said)
            {
                Monitor.Wait(_gate);
            }

            return _lost;
        }
    }
}
