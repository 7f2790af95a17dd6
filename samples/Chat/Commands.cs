using Chat.Messages;
using Chat.Terminal;
using QContinuum;

namespace Chat;

/// <summary>What a typed line means.</summary>
internal sealed class Commands(PeerClient client, Session session, IScreen screen)
{
    /// <summary>The commands, for completion.</summary>
    public static readonly string[] Names = ["/help", "/join", "/leave", "/nick", "/quit", "/rooms", "/tell", "/who"];

    /// <summary>What there is, besides /help.</summary>
    private static readonly (string Usage, string What)[] s_help =
    [
        ("/join ROOM", "go into a room, and out of the one before"),
        ("/leave", "go out of the room"),
        ("/who", "who is in the room"),
        ("/rooms", "which rooms there are"),
        ("/nick NICK", "take another nick"),
        ("/tell NICK TEXT", "say something to one person"),
        ("//TEXT", "say something that begins with a /"),
        ("/quit", "end"),
    ];

    /// <summary>Does what a line asks for: a line without a command is said in the room.</summary>
    /// <returns>False when it asks for the end.</returns>
    public bool Run(string line)
    {
        string[] words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        switch (words)
        {
            case []:
                return true;
            case ["/quit", ..]:
                return false;
            case ["/help", ..]:
                Array.ForEach(s_help, help => screen.Write($"* {help.Usage,-16} {help.What}"));
                return true;
            case ["/join", var room]:
                Sent(client.Send(new Join { Room = room }), line);
                return true;
            case ["/leave"]:
                session.LeaveRoom();
                Sent(client.Send(new Leave()), line);
                return true;
            case ["/who"]:
                Sent(client.Send(new Who()), line);
                return true;
            case ["/rooms"]:
                Sent(client.Send(new ListRooms()), line);
                return true;
            case ["/nick", var nick]:
                Sent(client.Send(new Rename { Nick = nick }), line);
                return true;
            case ["/tell", var to, var text]:
                if (MayBeSaid(text, line))
                {
                    Sent(client.Send(new Tell { To = to, Text = text }), line);
                }

                return true;
            case ["/" or ['/', not '/', ..], ..]:
                Explain(words[0]);
                return true;
            default:
                Say(words[0].StartsWith("//", StringComparison.Ordinal) ? line.Trim()[1..] : line.Trim(), line);
                return true;
        }
    }

    private void Say(string text, string line)
    {
        if (MayBeSaid(text, line))
        {
            Sent(client.Send(new Say { Text = text }), line);
        }
    }

    /// <summary>How a command is to be given, or that there is none.</summary>
    private void Explain(string command)
    {
        string? usage = Array.Find(s_help, help => help.Usage.Split(' ')[0] == command).Usage;
        screen.Write(usage is not null ? $"! it is: {usage}" : $"! there is no '{Bounds.Strip(command)}': /help tells what there is");
    }

    /// <summary>The server would refuse it as well; here what was typed can be mended.</summary>
    private bool MayBeSaid(string text, string line)
    {
        if (Bounds.WhyNoText(text) is not { } why)
        {
            return true;
        }

        screen.Write($"! {why}");
        screen.Keep(line);
        return false;
    }

    private void Sent(SendResult result, string line)
    {
        if (result > SendResult.Congested)
        {
            screen.Write("! not sent: there is no connection to the server");
            screen.Keep(line);
        }
    }
}
