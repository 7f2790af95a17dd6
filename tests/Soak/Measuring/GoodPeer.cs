using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using QContinuum.Attacks.Tests.Support;

namespace QContinuum.Soak.Tests.Measuring;

/// <summary>
/// Measures its round trip, again and again, on a thread of its own that blocks in the kernel: no thread pool stands between the server and
/// the clock, and no load but that of the processors.
/// </summary>
internal sealed class GoodPeer : IDisposable
{
    private const int BodySize = 100;
    private const int PatienceMilliseconds = 60_000;

    /// <summary>In ticks of <see cref="Stopwatch"/>: 10 ms.</summary>
    private static readonly long Interval = Stopwatch.Frequency / 100;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true, ReceiveTimeout = PatienceMilliseconds, SendTimeout = PatienceMilliseconds,
    };

    private readonly byte[] _frame;
    private readonly byte[] _answer;
    private readonly ManualResetEvent _over = new(false);
    private readonly Lock _lock = new();
    private readonly Thread _thread;
    private Latencies _latencies = new();
    private volatile string? _failure;

    public GoodPeer(int port, int number)
    {
        _frame = Frames.Echo(number, BodySize);
        _answer = new byte[_frame.Length];
        _socket.Connect(IPAddress.Loopback, port);
        _thread = new Thread(Run) { IsBackground = true, Name = $"good peer {number}" };
        _thread.Start();
    }

    /// <summary>What ended it before its time; null when nothing did.</summary>
    public string? Failure => _failure;

    /// <summary>What was measured since the last call.</summary>
    public Latencies Take()
    {
        lock (_lock)
        {
            Latencies taken = _latencies;
            _latencies = new Latencies();
            return taken;
        }
    }

    private void Run()
    {
        try
        {
            for (long due = Stopwatch.GetTimestamp(); WaitUntil(due) is { } began; due += Interval)
            {
                Exchange();
                TimeSpan latency = Stopwatch.GetElapsedTime(began);
                lock (_lock)
                {
                    _latencies.Add(latency);
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or InvalidDataException)
        {
            _failure = exception.Message;
        }
    }

    /// <summary>Waits for its turn.</summary>
    /// <returns>
    /// When the turn began, null at the end of all. Who woke late from its wait begins late, which is not the server's doing; whose turn came
    /// while the last answer was still awaited has waited since then.
    /// </returns>
    private long? WaitUntil(long due)
    {
        TimeSpan wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        if (wait <= TimeSpan.Zero)
        {
            return _over.WaitOne(0) ? null : due;
        }

        return _over.WaitOne((int)Math.Ceiling(wait.TotalMilliseconds)) ? null : Stopwatch.GetTimestamp();
    }

    private void Exchange()
    {
        _socket.Send(_frame);
        for (int received = 0; received < _answer.Length;)
        {
            int read = _socket.Receive(_answer.AsSpan(received));
            received += read > 0 ? read : throw new InvalidDataException("the server ended the connection of a good peer");
        }

        if (!_answer.AsSpan().SequenceEqual(_frame))
        {
            throw new InvalidDataException("a good peer got a wrong answer");
        }
    }

    public void Dispose()
    {
        _over.Set();
        _thread.Join();
        _socket.Dispose();
        _over.Dispose();
    }
}
