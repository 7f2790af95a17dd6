using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace QContinuum.Simulation.Tests.World;

/// <summary>What a client received: answers to what was handled, in order and byte by byte; between them questions, and news, those of one source in order.</summary>
internal sealed class Answers(Client client, Story story)
{
    private readonly HashSet<(int Source, int Number)> _news = [];
    private readonly Dictionary<int, int> _latest = [];

    /// <param name="isToBeServed">Whether all of them are to be there.</param>
    /// <returns>What does not hold, or null.</returns>
    internal string? Judge(bool isToBeServed)
    {
        List<byte> received = [];
        ReadOnlySpan<byte> bytes = CollectionsMarshal.AsSpan(client.Received);
        while (Message.TryCut(ref bytes, out int id, out ReadOnlySpan<byte> frame))
        {
            switch (id)
            {
                case Message.AnswerId:
                    received.AddRange(frame);
                    break;
                case Message.NewsId when JudgeNews(frame) is { } wrong:
                    return wrong;
                case Message.NewsId or Message.QuestionId:
                    break;
                default:
                    return $"it received a frame with id {id}";
            }
        }

        if (bytes.Length < Message.HeaderSize || BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]) == Message.AnswerId)
        {
            received.AddRange(bytes.Length < Message.HeaderSize ? [] : bytes);
        }

        List<byte> expected = Expected();
        if (received.Count > expected.Count || !CollectionsMarshal.AsSpan(expected)[..received.Count].SequenceEqual(CollectionsMarshal.AsSpan(received)))
        {
            return $"the {received.Count} bytes it received are not the beginning of its answers";
        }

        if (!isToBeServed)
        {
            return null;
        }

        if (client.WasReset || received.Count < expected.Count)
        {
            return $"it received {received.Count} of {expected.Count} bytes{(client.WasReset ? ", and was reset" : "")}";
        }

        return story.News.IsSubsetOf(_news) ? null : $"it received {_news.Count} news, and not all of the {story.News.Count} that were queued for it";
    }

    private string? JudgeNews(ReadOnlySpan<byte> frame)
    {
        int source = BinaryPrimitives.ReadInt32LittleEndian(frame[Message.HeaderSize..]);
        int number = BinaryPrimitives.ReadInt32LittleEndian(frame[(Message.HeaderSize + sizeof(int))..]);
        if (_latest.TryGetValue(source, out int latest) && number <= latest)
        {
            return $"news {number} of source {source} come after {latest}";
        }

        _latest[source] = number;
        _news.Add((source, number));
        return frame[(Message.HeaderSize + (2 * sizeof(int)))..].ContainsAnyExcept((byte)0) ? $"news {number} of source {source} hold what nobody told" : null;
    }

    private List<byte> Expected()
    {
        List<byte> expected = [];
        foreach (int number in story.Entries.Where(static entry => entry.Number is not null).Select(static entry => entry.Number!.Value))
        {
            int count = client.Messages[number] switch
            {
                Request.AnswerOften or Request.AnswerAsThereIsRoom => Message.Often,
                Request.AskAndAnswer => story.Confirmed.Contains(number) ? 1 : 0,
                Request.Throw => 0,
                _ => 1,
            };
            for (int i = 0; i < count; i++)
            {
                expected.AddRange(Message.Answer(number));
            }
        }

        return expected;
    }
}
