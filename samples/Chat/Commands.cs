using Chat.Messages;
using Chat.Terminal;
using QContinuum;

namespace Chat;

/// <summary>What a typed line means.</summary>
internal sealed class Commands(Session session, Delivery delivery, IScreen screen)
{
    private const string NoConnection = "not sent: there is no connection to the server";

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
                Send(new Join { Room = room }, line);
                return true;
            case ["/leave"]:
                session.LeaveRoom();
                Send(new Leave(), line);
                return true;
            case ["/who"]:
                Send(new Who(), line);
                return true;
            case ["/rooms"]:
                Send(new ListRooms(), line);
                return true;
            case ["/nick", var nick]:
                TakeNick(nick, line);
                return true;
            case ["/tell", var to, var text]:
                Say(new Tell { To = to, Text = text }, text, line);
                return true;
            case ["/" or ['/', not '/', ..], ..]:
                Explain(words[0]);
                return true;
            default:
                string said = words[0].StartsWith("//", StringComparison.Ordinal) ? line.Trim()[1..] : line.Trim();
                Say(new Say { Text = said }, said, line);
                return true;
        }
    }

    /// <summary>How a command is to be given, or that there is none.</summary>
    private void Explain(string command)
    {
        string? usage = Array.Find(s_help, help => help.Usage.Split(' ')[0] == command).Usage;
        screen.Write(usage is not null ? $"! it is: {usage}" : $"! there is no '{Bounds.Strip(command)}': /help tells what there is");
    }

    /// <summary>What may not be said the server would refuse as well; here what was typed can be mended.</summary>
    private void Say<T>(T message, string text, string line)
        where T : IMessage<T>
    {
        string? why = Bounds.WhyNoText(text);
        if (why is null && delivery.Say(message))
        {
            return;
        }

        if (!Undo(why ?? NoConnection, line))
        {
            delivery.Lose();
        }
    }

    private void Send<T>(T message, string line)
        where T : IMessage<T>
    {
        if (!delivery.Send(message))
        {
            Undo(NoConnection, line);
        }
    }

    private void TakeNick(string nick, string line)
    {
        if (Bounds.WhyNoNick(nick) is { } why)
        {
            Undo(why, line);
        }
        else
        {
            session.TakeNick(nick);
        }
    }

    /// <returns>False when the line is lost.</returns>
    private bool Undo(string why, string line)
    {
        screen.Write($"! {why}");
        return screen.Keep(line);
    }
}
