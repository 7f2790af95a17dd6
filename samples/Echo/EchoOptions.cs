using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using QContinuum;

namespace Echo;

/// <summary>What the command line asks for.</summary>
internal sealed record EchoOptions
{
    public const string Usage = "usage: Echo [--port P] [--loops N] [--poller epoll|kqueue|portable]\n"
        + "P: 0 (a free port) to 65535, default 9000;  N: 1 to 64, default 1 a processor;  without --poller, what fits the machine best";

    private const int MaxLoops = 64;

    public int Port { get; private init; } = 9000;

    public int Loops { get; private init; } = Math.Min(Environment.ProcessorCount, MaxLoops);

    /// <summary>What the loops wait with, as it was asked for.</summary>
    public PollerKind Poller { get; private init; }

    /// <summary>Reads the command line; <paramref name="error"/> says in a sentence what is wrong with it.</summary>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out EchoOptions? options, [NotNullWhen(false)] out string? error)
    {
        EchoOptions? parsed = new();
        error = null;
        for (int i = 0; i < args.Length && parsed is not null; i += 2)
        {
            string name = args[i];
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            parsed = name switch
            {
                "--port" => Number(name, value, 0, ushort.MaxValue, out error) is { } port ? parsed with { Port = port } : null,
                "--loops" => Number(name, value, 1, MaxLoops, out error) is { } loops ? parsed with { Loops = loops } : null,
                "--poller" => Kind(value, out error) is { } kind ? parsed with { Poller = kind } : null,
                _ => null,
            };
            error ??= parsed is null ? $"unknown option '{name}'" : null;
        }

        options = parsed;
        return options is not null;
    }

    private static int? Number(string name, string? value, int least, int most, out string? error)
    {
        bool isGood = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most;
        error = isGood ? null : value is null ? $"{name} needs a value" : $"{name} takes a number from {least} to {most}, not '{value}'";
        return isGood ? number : null;
    }

    private static PollerKind? Kind(string? value, out string? error)
    {
        PollerKind? kind = value switch
        {
            "epoll" => PollerKind.Epoll,
            "kqueue" => PollerKind.Kqueue,
            "portable" => PollerKind.Portable,
            _ => null,
        };
        error = kind is not null ? null : value is null ? "--poller needs a value" : $"--poller takes epoll, kqueue or portable, not '{value}'";
        return kind;
    }
}
