using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Modbus;

/// <summary>What the command line asks for: to be a device, or to talk to one.</summary>
internal sealed record ModbusOptions
{
    public const string Usage = """
        usage: Modbus [--port P]            a device; P: 0 (a free port) to 65535, default 5020
               Modbus --connect ADDRESS:P   a client of any Modbus server
        """;

    public int Port { get; private init; } = 5020;

    /// <summary>The server to talk to; null for a device.</summary>
    public IPEndPoint? Server { get; private init; }

    /// <summary>Reads the command line; <paramref name="error"/> says in a sentence what is wrong with it.</summary>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out ModbusOptions? options, [NotNullWhen(false)] out string? error)
    {
        (options, error) = args switch
        {
            [] => (new ModbusOptions(), null),
            ["--port", var text] when ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
                => (new ModbusOptions { Port = port }, null),
            ["--port", var text] => ((ModbusOptions?)null, $"--port takes a number from 0 to 65535, not '{text}'"),
            ["--connect", var text] when IPEndPoint.TryParse(text, out IPEndPoint? server) && server.Port > 0
                => (new ModbusOptions { Server = server }, null),
            ["--connect", var text] => (null, $"--connect takes an address and a port, such as 127.0.0.1:5020, not '{text}'"),
            ["--port" or "--connect"] => (null, $"{args[0]} needs a value"),
            [var name, ..] => (null, name is "--port" or "--connect" ? "one option is all that it takes" : $"unknown option '{name}'"),
        };

        return options is not null;
    }
}
