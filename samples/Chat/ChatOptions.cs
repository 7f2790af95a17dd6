using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Chat;

/// <summary>What the command line asks for.</summary>
internal sealed record ChatOptions
{
    public const string Usage = """
        usage: Chat serve [--port P]                                   P: 0 (a free port) to 65535, default 9100
               Chat join NICK [--server HOST:PORT] [--room NAME]       default: 127.0.0.1:9100, the room lobby
        """;

    public int Port { get; private init; } = 9100;

    /// <summary>The nick of a client; null for a server.</summary>
    public string? Nick { get; private init; }

    public string Server { get; private init; } = "127.0.0.1:9100";

    public string Room { get; private init; } = "lobby";

    /// <summary>Reads the command line; <paramref name="error"/> says in a sentence what is wrong with it.</summary>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out ChatOptions? options, [NotNullWhen(false)] out string? error)
    {
        options = null;
        error = args switch
        {
            [] => "say 'serve' or 'join'",
            ["serve", ..] => null,
            ["join"] => "join needs a nick",
            ["join", var nick, ..] => Bounds.WhyNoNick(nick),
            _ => $"unknown command '{args[0]}'",
        };
        if (error is not null)
        {
            return false;
        }

        bool serves = args[0] == "serve";
        var parsed = new ChatOptions { Nick = serves ? null : args[1] };
        for (int i = serves ? 1 : 2; i < args.Length; i += 2)
        {
            string name = args[i];
            if (serves ? name != "--port" : name is not ("--server" or "--room"))
            {
                error = $"unknown option '{name}'";
                return false;
            }

            if (i + 1 == args.Length)
            {
                error = $"{name} needs a value";
                return false;
            }

            string value = args[i + 1];
            int port = 0;
            if (name == "--port" && !(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue))
            {
                error = $"--port takes a number from 0 to 65535, not '{value}'";
                return false;
            }

            if (name == "--room" && (error = Bounds.WhyNoRoom(value)) is not null)
            {
                return false;
            }

            parsed = name switch
            {
                "--port" => parsed with { Port = port },
                "--server" => parsed with { Server = value },
                _ => parsed with { Room = value },
            };
        }

        options = parsed;
        return true;
    }
}
