using System.Buffers.Binary;

namespace QContinuum.Simulation.Tests.World;

/// <summary>What a message asks the server to do.</summary>
internal enum Request : byte
{
    Answer,
    AnswerOften,
    AnswerLater,
    MoveAndAnswer,
    AnswerAndClose,
    Throw,
}

/// <summary>The bytes on the wire: length and id, four each, little-endian; then what is asked, a number, and as much padding as there is.</summary>
internal static class Message
{
    internal const int HeaderSize = 8;
    internal const int Often = 5;
    private const int Fixed = 5;

    internal static byte[] Ask(Request request, int number, int padding)
    {
        byte[] frame = new byte[HeaderSize + Fixed + padding];
        BinaryPrimitives.WriteInt32LittleEndian(frame, Fixed + padding);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), 1);
        frame[HeaderSize] = (byte)request;
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(HeaderSize + 1), number);
        return frame;
    }

    /// <summary>Of another length for each number, now and then a long one.</summary>
    internal static byte[] Answer(int number)
        => Ask(Request.Answer, number, number % 23 == 22 ? 20_000 : number * 37 % 400);

    /// <summary>A header that no server believes.</summary>
    internal static byte[] Lie(bool isNegative)
    {
        byte[] header = new byte[HeaderSize];
        BinaryPrimitives.WriteInt32LittleEndian(header, isNegative ? -1 : int.MaxValue);
        return header;
    }

    internal static (Request Request, int Number) Read(ReadOnlySpan<byte> body) => ((Request)body[0], BinaryPrimitives.ReadInt32LittleEndian(body[1..]));
}
