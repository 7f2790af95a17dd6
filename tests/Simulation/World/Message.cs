using System.Buffers.Binary;

namespace QContinuum.Simulation.Tests.World;

/// <summary>What a message asks the server to do.</summary>
internal enum Request : byte
{
    Answer,
    AnswerOften,
    AnswerLater,
    MoveAndAnswer,

    /// <summary>Each answer is awaited until there is room for it.</summary>
    AnswerAsThereIsRoom,

    /// <summary>The client is asked something first.</summary>
    AskAndAnswer,

    /// <summary>The answer is made of bytes that the processor does not read.</summary>
    Forward,

    /// <summary>All members of the group hear of it.</summary>
    TellAndAnswer,
    AnswerAndClose,
    Throw,
}

/// <summary>The bytes on the wire: length, id and correlation, four each, little-endian; then what is asked, a number, and as much padding as there is.</summary>
internal static class Message
{
    internal const int HeaderSize = 12;
    internal const int AskId = 1;
    internal const int AnswerId = 2;
    internal const int QuestionId = 3;
    internal const int NewsId = 4;
    internal const int Often = 5;
    private const int Fixed = 5;

    internal static byte[] Ask(Request request, int number, int padding)
    {
        byte[] frame = Frame(AskId, Fixed + padding);
        frame[HeaderSize] = (byte)request;
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(HeaderSize + 1), number);
        return frame;
    }

    /// <summary>Of another length for each number, now and then a long one.</summary>
    internal static byte[] Answer(int number)
    {
        byte[] frame = Frame(AnswerId, sizeof(int) + PaddingOf(number));
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(HeaderSize), number);
        return frame;
    }

    /// <summary>How long the answer to a message is made.</summary>
    internal static int PaddingOf(int number) => number % 23 == 22 ? 20_000 : number * 37 % 400;

    /// <summary>The reply to a <see cref="Question"/>, of which the header is given.</summary>
    internal static byte[] Confirm(ReadOnlySpan<byte> question)
    {
        byte[] frame = Frame(QuestionId, sizeof(int));
        question.Slice(8, 8).CopyTo(frame.AsSpan(8));
        return frame;
    }

    /// <summary>A header that no server believes.</summary>
    internal static byte[] Lie(bool isNegative)
    {
        byte[] header = new byte[HeaderSize];
        BinaryPrimitives.WriteInt32LittleEndian(header, isNegative ? -1 : int.MaxValue);
        return header;
    }

    internal static (Request Request, int Number) Read(ReadOnlySpan<byte> body) => ((Request)body[0], BinaryPrimitives.ReadInt32LittleEndian(body[1..]));

    /// <summary>Cuts the first whole frame off.</summary>
    /// <returns>False when there is none.</returns>
    internal static bool TryCut(ref ReadOnlySpan<byte> bytes, out int id, out ReadOnlySpan<byte> frame)
    {
        id = 0;
        frame = default;
        if (bytes.Length < HeaderSize)
        {
            return false;
        }

        int length = HeaderSize + BinaryPrimitives.ReadInt32LittleEndian(bytes);
        id = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        if (bytes.Length < length)
        {
            return false;
        }

        frame = bytes[..length];
        bytes = bytes[length..];
        return true;
    }

    private static byte[] Frame(int id, int body)
    {
        byte[] frame = new byte[HeaderSize + body];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), id);
        return frame;
    }
}
