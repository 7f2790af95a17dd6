using Chat.Messages;
using Chat.Terminal;
using QContinuum;

namespace Chat;

/// <summary>What a typed line means.</summary>
internal sealed class Commands(PeerClient client, Session session, IScreen screen)
{
    /// <summary>The commands, for completion.</summary>
    public static readonly string[] Names = ["/help", "/join", "/leave", "/nick", "/quit", "/rooms", "/tell", "/who"];

    private static readonly string[] s_help =
    [
        "/join ROOM       go into a room, and out of the one before",
        "/leave           go out of the room",
        "/who             who is in the room",
        "/rooms           which rooms there are",
        "/nick NICK       take another nick",
        "/tell NICK TEXT  say something to one person",
        "/quit            end",
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
                Array.ForEach(s_help, help => screen.Write($"* {help}"));
                return true;
            case ["/join", var room]:
                Sent(client.Send(new Join { Room = room }));
                return true;
            case ["/leave"]:
                session.LeaveRoom();
                Sent(client.Send(new Leave()));
                return true;
            case ["/who"]:
                Sent(client.Send(new Who()));
                return true;
            case ["/rooms"]:
                Sent(client.Send(new ListRooms()));
                return true;
            case ["/nick", var nick]:
                Sent(client.Send(new Rename { Nick = nick }));
                return true;
            case ["/tell", var to, var text]:
                Sent(client.Send(new Tell { To = to, Text = text }));
                return true;
            case [['/', ..] command, ..]:
                screen.Write($"! there is no '{Bounds.Strip(command)}' like that: /help tells what there is");
                return true;
            default:
                Sent(client.Send(new Say { Text = line.Trim() }));
                return true;
        }
    }

    private void Sent(SendResult result)
    {
        if (result > SendResult.Congested)
        {
            screen.Write("! not sent: there is no connection to the server");
        }
    }
}
