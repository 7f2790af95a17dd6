using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Echo;

/// <summary>What the command line asks for.</summary>
internal sealed record EchoOptions
{
    public const string Usage = "usage: Echo [--port P] [--loops N]    P: 0 (a free port) to 65535, default 9000;  N: 1 to 64, default 1 a processor";

    public int Port { get; private init; } = 9000;

    public int Loops { get; private init; } = Math.Min(Environment.ProcessorCount, MaxLoops);

    private const int MaxLoops = 64;

    /// <summary>Reads the command line; <paramref name="error"/> says in a sentence what is wrong with it.</summary>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out EchoOptions? options, [NotNullWhen(false)] out string? error)
    {
        options = null;
        var parsed = new EchoOptions();

        for (int i = 0; i < args.Length; i += 2)
        {
            string name = args[i];
            if (name is not ("--port" or "--loops"))
            {
                error = $"unknown option '{name}'";
                return false;
            }

            if (i + 1 == args.Length)
            {
                error = $"{name} needs a value";
                return false;
            }

            (int least, int most) = name == "--port" ? (0, ushort.MaxValue) : (1, MaxLoops);
            if (!int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value < least || value > most)
            {
                error = $"{name} takes a number from {least} to {most}, not '{args[i + 1]}'";
                return false;
            }

            parsed = name == "--port" ? parsed with { Port = value } : parsed with { Loops = value };
        }

        options = parsed;
        error = null;
        return true;
    }
}
