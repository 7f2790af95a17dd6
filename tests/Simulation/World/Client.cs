using System.Runtime.InteropServices;
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

    /// <summary>Sends all it has, and closes without a look at what it might be answered.</summary>
    Leaves,
}

/// <summary>A client: what it sends, a piece at a time, and what it has received.</summary>
internal sealed class Client : IActor
{
    private const int MostMessages = 30;
    private const int KindsOfRequest = (int)Request.AnswerAndClose;

    private readonly Random _random;
    private readonly SimulatedKernel _kernel;
    private readonly Queue<byte[]> _frames;
    private readonly Queue<byte[]> _confirmations = new();
    private readonly int _resetsAt;
    private readonly bool _readsLate;
    private SimulatedConnection? _connection;
    private ReadOnlyMemory<byte> _frame;
    private int _sent;
    private int _understood;

    internal Client(int port, Random random, SimulatedKernel kernel, bool isGreedy)
    {
        Port = port;
        _random = random;
        _kernel = kernel;
        Manners = isGreedy && random.Next(4) > 0 ? Manners.Deaf : random.Next(2) == 0 ? Manners.Good : (Manners)random.Next(6);

        // Of the good ones, and without a draw of its own: what others do stays as it is.
        Manners = Manners == Manners.Good && port % 4 == 0 ? Manners.Leaves : Manners;
        _readsLate = random.Next(4) == 0;
        int longest = random.Next(3) == 0 ? 30_000 : 300;
        bool isPlain = random.Next(2) == 0;
        for (int i = random.Next(MostMessages); i > 0; i--)
        {
            Request request = isPlain ? Request.Answer : random.Next(36) switch { 0 => Request.AnswerAndClose, 1 => Request.Throw, var other => (Request)(other % KindsOfRequest) };
            Messages.Add(request);
        }

        _frames = new Queue<byte[]>(Messages.Select((request, number) => Message.Ask(request, number, random.Next(longest))));
        switch (Manners)
        {
            case Manners.Lies:
                _frames.Enqueue(Message.Lie(random.Next(2) == 0));
                break;
            case Manners.Stops or Manners.EndsEarly:
                _frames.Enqueue(Message.Ask(Request.Answer, 0, 100)[..(1 + random.Next(100))]);
                break;
        }

        _resetsAt = random.Next(_frames.Sum(static frame => frame.Length) + 1);
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

    private bool HasSentAll => _frame.IsEmpty && _frames.Count == 0 && _confirmations.Count == 0;

    private bool CanSend => !HasSentAll && _connection!.RoomToServer > 0;

    private bool CanReceive => Manners != Manners.Deaf && !_connection!.IsGone && !HasSeenEnd && (!_readsLate || HasSentAll || _connection!.RoomToServer == 0 || _connection.HasServerEnded)
        && (_connection!.ToClient.Count > 0 || _connection.HasServerEnded);

    /// <summary>Good ones end when they have sent everything, others when the server has ended.</summary>
    private bool CanEnd => !_connection!.HasClientEnded && (HasSeenEnd || (HasSentAll && Manners is Manners.Good or Manners.EndsEarly && HasSentAll) || CanLeave);

    /// <summary>With bytes that it has not received it would reset the connection.</summary>
    private bool CanLeave => Manners == Manners.Leaves && HasSentAll && _connection!.ToClient.Count == 0;

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
            _connection.IsGone = CanLeave;
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

        int some = _random.Next(3) == 0 ? int.MaxValue : 1 + _random.Next(40);
        for (int left = Math.Min(some, _connection.RoomToServer); left > 0 && !HasSentAll;)
        {
            if (_frame.IsEmpty)
            {
                // What was asked in the midst of everything goes first: somebody waits for it. Behind half a message nothing goes.
                _frame = _confirmations.Count > 0 ? _confirmations.Dequeue() : _frames.Dequeue();
            }

            int count = Math.Min(left, _frame.Length);
            foreach (byte one in _frame.Span[..count])
            {
                _connection.ToServer.Enqueue(one);
            }

            _frame = _frame[count..];
            _sent += count;
            left -= count;
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

        ReadOnlySpan<byte> bytes = CollectionsMarshal.AsSpan(Received)[_understood..];
        while (Message.TryCut(ref bytes, out int id, out ReadOnlySpan<byte> frame))
        {
            // Who has sent half a message, or what is no message, says nothing after that.
            if (id == Message.QuestionId && !_connection.HasClientEnded && (Manners is Manners.Good or Manners.Resets || _frames.Count > 0))
            {
                _confirmations.Enqueue(Message.Confirm(frame));
            }
        }

        _understood = Received.Count - bytes.Length;
    }
}
