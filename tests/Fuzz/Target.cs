using System.Buffers;
using QContinuum.Protocol;

namespace QContinuum.Fuzz.Tests;

/// <summary>A protocol under test: its header, its messages, and frames to begin with.</summary>
internal abstract class Target
{
    private readonly List<byte[]> _seeds = [];

    protected Target(string name) => Name = name;

    public string Name { get; }

    /// <summary>Frames that the protocol itself wrote.</summary>
    public IReadOnlyList<byte[]> Seeds => _seeds;

    /// <summary>Reads input as a receive loop does, with every message that could be meant.</summary>
    public abstract void Run(ReadOnlyMemory<byte> input);

    protected void AddSeed(byte[] frame) => _seeds.Add(frame);
}

/// <summary>A protocol of one header.</summary>
internal sealed class Target<THeader>(string name) : Target(name)
    where THeader : struct, IHeader<THeader>, IEquatable<THeader>
{
    private const int MaxBody = 3000;

    private readonly List<Action<ReadOnlyMemory<byte>>> _messages = [];

    /// <summary>Adds a message, and a frame of it to begin with.</summary>
    public Target<THeader> With<T>(scoped in T message)
        where T : IMessage<T, THeader>, allows ref struct
        => With<T>(Encode(in message));

    /// <summary>Adds a message that needs a header of the sender's choice, and a frame of it to begin with.</summary>
    public Target<THeader> With<T>(scoped in THeader header, scoped in T message)
        where T : IMessage<T, THeader>, allows ref struct
        => With<T>(Encode(in header, in message));

    private Target<THeader> With<T>(byte[] seed)
        where T : IMessage<T, THeader>, allows ref struct
    {
        AddSeed(seed);
        if (!Messages.Contains(typeof(T)))
        {
            Messages.Add(typeof(T));
            _messages.Add(Check<T>);
        }

        return this;
    }

    private HashSet<Type> Messages { get; } = [];

    public override void Run(ReadOnlyMemory<byte> input)
    {
        while (true)
        {
            FrameStatus status = Framing.TryReadFrame(input.Span, MaxBody, out THeader header, out FrameExtent extent);
            _ = header.ToString();
            if (status != FrameStatus.Complete)
            {
                CheckStopped(status, extent, input.Length);
                return;
            }

            Assert.InRange(extent.Length, 1, input.Length);
            Assert.InRange(extent.BodyStart, 0, extent.Length);
            Assert.InRange(extent.BodyLength, 0, Math.Min(MaxBody, extent.Length - extent.BodyStart));
            ReadOnlyMemory<byte> frame = input[..extent.Length];
            CheckAlone(frame.Span, in header, extent);
            foreach (Action<ReadOnlyMemory<byte>> check in _messages)
            {
                check(frame);
            }

            input = input[extent.Length..];
        }
    }

    private static void CheckStopped(FrameStatus status, FrameExtent extent, int length)
    {
        if (status == FrameStatus.Incomplete)
        {
            // More than is there, or the loop would turn for ever; no more than the limit, or a claim would buy memory.
            Assert.InRange(extent.Length, length + 1, THeader.Size + MaxBody + THeader.TrailerSize);
        }
        else
        {
            Assert.Equal(default, extent);
        }
    }

    // What follows a frame has no part in it, and without its last byte it is none.
    private static void CheckAlone(ReadOnlySpan<byte> frame, in THeader header, FrameExtent extent)
    {
        Assert.Equal(FrameStatus.Complete, Framing.TryReadFrame(frame, MaxBody, out THeader alone, out FrameExtent its));
        Assert.Equal(header, alone);
        Assert.Equal(extent, its);
        Assert.NotEqual(FrameStatus.Complete, Framing.TryReadFrame(frame[..^1], MaxBody, out THeader _, out _));
    }

    // What was read is written, what was written is read, and writing that gives the same bytes again.
    private static void Check<T>(ReadOnlyMemory<byte> frame)
        where T : IMessage<T, THeader>, allows ref struct
    {
        bool isRead = T.TryReadFrame(frame, out T message);
        bool isMeant = Framing.TryReadFrame(frame.Span, MaxBody, out THeader header, out _) == FrameStatus.Complete && Framing.IdOf(in header) == T.Id;
        if (!isRead || !isMeant || IsBeyondLimit(in message))
        {
            return;
        }

        if ((T.Role & MessageRole.Fault) != 0)
        {
            // What tells a fault may be a status, which only the header has.
            if ((Framing.RoleOf(in header) & MessageRole.Fault) != 0)
            {
                byte[] fault = Encode(in header, in message);
                Assert.True(T.TryReadFrame(fault, out T its), $"{typeof(T).Name} does not read what it wrote: {Convert.ToHexString(fault)}");
                Assert.Equal(Convert.ToHexString(fault), Convert.ToHexString(Encode(in header, in its)));
            }

            return;
        }

        byte[] first = Encode(in message);
        Assert.True(T.TryReadFrame(first, out T again), $"{typeof(T).Name} does not read what it wrote: {Convert.ToHexString(first)}");
        Assert.Equal(Convert.ToHexString(first), Convert.ToHexString(Encode(in again)));
    }

    // A message that was read without its omittable members may be too long with them.
    private static bool IsBeyondLimit<T>(scoped in T message)
        where T : IMessage<T>, allows ref struct
        => T.SizeOf(in message) - THeader.Size - THeader.TrailerSize > THeader.MaxBody;

    private static byte[] Encode<T>(scoped in THeader header, scoped in T message)
        where T : IMessage<T, THeader>, allows ref struct
    {
        byte[] frame = new byte[T.SizeOf(in message)];
        T.WriteFrame(in message, in header, frame);
        return frame;
    }

    private static byte[] Encode<T>(scoped in T message)
        where T : IMessage<T, THeader>, allows ref struct
    {
        int size = T.SizeOf(in message);
        if (size >= 0)
        {
            byte[] frame = new byte[size];
            T.WriteFrame(in message, frame, correlation: 7);
            return frame;
        }

        var body = new ArrayBufferWriter<byte>();
        T.WriteBody(in message, body);
        byte[] whole = new byte[Framing.SizeOf<THeader>(body.WrittenCount)];
        body.WrittenSpan.CopyTo(Framing.Begin(whole, Framing.Create<THeader>(T.Id, 7, T.Role), body.WrittenCount));
        Framing.End<THeader>(whole);
        return whole;
    }
}
