using System.Diagnostics.CodeAnalysis;
using QContinuum.Loops;

namespace QContinuum.Transports.Memory;

/// <summary>One side of a connection in memory: what it reads and what it writes.</summary>
internal sealed class MemoryEnd
{
    private readonly MemoryPipe _incoming;
    private readonly MemoryPipe _outgoing;

    private MemoryEnd(MemoryPipe incoming, MemoryPipe outgoing)
    {
        _incoming = incoming;
        _outgoing = outgoing;
    }

    /// <summary>What can be done now.</summary>
    internal Readiness Readiness => _incoming.ForReader | _outgoing.ForWriter | (_outgoing.IsAbandoned ? Readiness.HungUp : Readiness.None);

    /// <summary>Bytes that were written here and not read there.</summary>
    internal int Unconfirmed => _outgoing.Count;

    /// <summary>Two ends that are connected.</summary>
    [SuppressMessage("Design", "CA1021", Justification = "Two of a kind.")]
    internal static void CreatePair(out MemoryEnd one, out MemoryEnd other)
    {
        MemoryPipe there = new();
        MemoryPipe back = new();
        one = new MemoryEnd(back, there);
        other = new MemoryEnd(there, back);
    }

    /// <summary>Has <paramref name="wake"/> called, on any thread, whenever <see cref="Readiness"/> may have become more.</summary>
    internal void WakeBy(Action wake)
    {
        _incoming.ReaderWakes = wake;
        _outgoing.WriterWakes = wake;
    }

    internal int Read(Span<byte> destination) => _incoming.Read(destination);

    internal int Write(ReadOnlySpan<byte> source) => _outgoing.Write(source);

    internal void EndWriting() => _outgoing.End();

    /// <summary>Closes this side as a socket is closed: with bytes that nobody has read, the other side sees a reset.</summary>
    internal void Close(bool reset)
    {
        if (_incoming.Abandon() || reset)
        {
            _outgoing.Reset();
            _incoming.Reset();
        }
        else
        {
            _outgoing.End();
        }
    }
}
