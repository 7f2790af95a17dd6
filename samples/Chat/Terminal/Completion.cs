namespace Chat.Terminal;

/// <summary>Completes the word before the cursor: a command at the start of the line, else a nick.</summary>
internal sealed class Completion(Nicks nicks)
{
    /// <summary>Completes as far as there is no choice.</summary>
    /// <param name="before">The line up to the cursor.</param>
    /// <returns>What to put there instead, and what there is to choose from when that is more than one.</returns>
    public (string Line, string[] Choices) Complete(string before)
    {
        int start = before.LastIndexOf(' ') + 1;
        string word = before[start..];
        if (word.Length == 0)
        {
            return (before, []);
        }

        bool isCommand = start == 0 && word[0] == '/';
        string[] found = [.. (isCommand ? Commands.Names : nicks.All).Where(one => one.StartsWith(word, StringComparison.OrdinalIgnoreCase))];
        return found switch
        {
            [] => (before, []),
            [var only] => ($"{before[..start]}{only}{(start == 0 && !isCommand ? ": " : " ")}", []),
            _ => (before[..start] + Common(found), found),
        };
    }

    private static string Common(string[] found)
    {
        int length = found.Min(static one => one.Length);
        string first = found[0];
        while (!found.All(one => one.AsSpan(0, length).Equals(first.AsSpan(0, length), StringComparison.OrdinalIgnoreCase)))
        {
            length--;
        }

        return first[..length];
    }
}
