using QContinuum.Simulation.Tests.Kernel;

namespace QContinuum.Simulation.Tests.World;

/// <summary>How a client behaves.</summary>
internal enum Manners
{
    /// <summary>Sends, reads, ends.</summary>
    Good,

    /// <summary>Resets the connection at some time.</summary>
    Resets,

    /// <summary>Sends what is no message, at its end.</summary>
    Lies,

    /// <summary>Stops in the middle of a message, or before the first, and stays.</summary>
    Stops,

    /// <summary>Sends all it has, and reads nothing.</summary>
    Deaf,

    /// <summary>Ends in the middle of a message.</summary>
    EndsEarly,
}

/// <summary>A client: what it sends, a piece at a time, and what it has received.</summary>
internal sealed class Client : IActor
{
    private const int MostMessages = 30;

    private readonly Random _random;
    private readonly SimulatedKernel _kernel;
    private readonly byte[] _stream;
    private readonly int _resetsAt;
    private readonly bool _readsLate;
    private SimulatedConnection? _connection;
    private int _sent;

    internal Client(int port, Random random, SimulatedKernel kernel)
    {
        Port = port;
        _random = random;
        _kernel = kernel;
        Manners = random.Next(2) == 0 ? Manners.Good : (Manners)random.Next(6);
        _readsLate = random.Next(4) == 0;
        int longest = random.Next(3) == 0 ? 30_000 : 300;
        bool isPlain = random.Next(2) == 0;
        for (int i = random.Next(MostMessages); i > 0; i--)
        {
            Request request = isPlain ? Request.Answer : random.Next(24) switch { 0 => Request.AnswerAndClose, 1 => Request.Throw, var other => (Request)(other % 4) };
            Messages.Add(request);
        }

        _stream = [.. Messages.SelectMany((request, number) => Message.Ask(request, number, random.Next(longest)))];
        _stream = Manners switch
        {
            Manners.Lies => [.. _stream, .. Message.Lie(random.Next(2) == 0)],
            Manners.Stops or Manners.EndsEarly => [.. _stream, .. Message.Ask(Request.Answer, 0, 100).AsSpan(0, 1 + random.Next(100))],
            _ => _stream,
        };
        _resetsAt = random.Next(_stream.Length + 1);
    }

    internal int Port { get; }

    internal Manners Manners { get; }

    /// <summary>The whole messages that it sends, in order.</summary>
    internal List<Request> Messages { get; } = [];

    internal List<byte> Received { get; } = [];

    /// <summary>The server has ended its direction, and all before that was received.</summary>
    internal bool HasSeenEnd { get; private set; }

    internal bool WasReset { get; private set; }

    /// <summary>It reset the connection itself.</summary>
    internal bool HasReset { get; private set; }

    internal bool WasAccepted => _connection is { IsAccepted: true };

    private bool HasSentAll => _sent == _stream.Length;

    private bool CanSend => !HasSentAll && _connection!.RoomToServer > 0;

    private bool CanReceive => Manners != Manners.Deaf && !HasSeenEnd && (!_readsLate || HasSentAll || _connection!.RoomToServer == 0 || _connection.HasServerEnded)
        && (_connection!.ToClient.Count > 0 || _connection.HasServerEnded);

    /// <summary>Good ones end when they have sent everything, others when the server has ended.</summary>
    private bool CanEnd => !_connection!.HasClientEnded && (HasSeenEnd || (HasSentAll && Manners is Manners.Good or Manners.EndsEarly && HasSentAll));

    private bool CanReset => Manners == Manners.Resets && _sent >= _resetsAt;

    public bool CanAct => _connection is null
        || (!HasReset && !WasReset && !_connection.HasClientEnded && (_connection.IsReset || CanSend || CanReceive || CanEnd || CanReset))
        || (!HasReset && !WasReset && _connection.HasClientEnded && (_connection.IsReset || CanReceive));

    public void Act()
    {
        if (_connection is null)
        {
            _connection = _kernel.Connect(Port);
        }
        else if (_connection.IsReset)
        {
            WasReset = true;
            _connection.HasClientEnded = true;
        }
        else if (CanReset && _random.Next(3) == 0)
        {
            HasReset = true;
            _connection.Reset();
        }
        else if (CanReceive && (!CanSend || _connection.HasClientEnded || _random.Next(2) == 0))
        {
            Receive();
        }
        else if (CanSend && !_connection.HasClientEnded)
        {
            Send();
        }
        else if (CanEnd)
        {
            _connection.HasClientEnded = true;
        }
    }

    private void Send()
    {
        if (_connection!.IsClosed)
        {
            // Nobody is there any more.
            _connection.Reset();
            return;
        }

        int most = Math.Min(_connection.RoomToServer, _stream.Length - _sent);
        int count = _random.Next(3) == 0 ? most : 1 + _random.Next(Math.Min(most, 40));
        for (int i = 0; i < count; i++)
        {
            _connection.ToServer.Enqueue(_stream[_sent++]);
        }
    }

    private void Receive()
    {
        if (_connection!.ToClient.Count == 0)
        {
            HasSeenEnd = true;
            return;
        }

        for (int i = 1 + _random.Next(_connection.ToClient.Count); i > 0; i--)
        {
            Received.Add(_connection.ToClient.Dequeue());
        }
    }
}
