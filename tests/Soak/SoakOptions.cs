using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace QContinuum.Soak.Tests;

/// <summary>What the command line asks for.</summary>
internal sealed record SoakOptions
{
    public const string Usage =
        """
        usage: [--minutes M] [--peers N] [--rate R] [--seed S] [--server-args …]
          M: how long the load lasts, 0.05 to 10000, default 10       N: peers at a time, 10 to 18000, default 10000
          R: messages a second of them all, 1 to 1000000, default 10000   S: of what the peers do, default another each time
          everything behind --server-args is for the server
        """;

    public double Minutes { get; private init; } = 10;

    public int Peers { get; private init; } = 10_000;

    public int Rate { get; private init; } = 10_000;

    public int Seed { get; private init; } = Random.Shared.Next();

    public string[] ServerArguments { get; private init; } = [];

    public TimeSpan Duration => TimeSpan.FromMinutes(Minutes);

    /// <summary>How long good peers are measured without load, and beside it.</summary>
    public TimeSpan Rehearsal => TimeSpan.FromSeconds(Math.Clamp(Duration.TotalSeconds / 10, 0.5, 30));

    /// <summary>Reads the command line; <paramref name="error"/> says in a sentence what is wrong with it.</summary>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out SoakOptions? options, [NotNullWhen(false)] out string? error)
    {
        options = null;
        error = null;
        var parsed = new SoakOptions();
        for (int i = 0; i < args.Length; i += 2)
        {
            if (args[i] == "--server-args")
            {
                parsed = parsed with { ServerArguments = args[(i + 1)..] };
                break;
            }

            string? value = i + 1 < args.Length ? args[i + 1] : null;
            SoakOptions? next = args[i] switch
            {
                "--minutes" => Number(value, 0.05, 10_000) is { } minutes ? parsed with { Minutes = minutes } : null,
                "--peers" => Number(value, 10, 18_000) is { } peers ? parsed with { Peers = (int)peers } : null,
                "--rate" => Number(value, 1, 1_000_000) is { } rate ? parsed with { Rate = (int)rate } : null,
                "--seed" => Number(value, 0, int.MaxValue) is { } seed ? parsed with { Seed = (int)seed } : null,
                _ => null,
            };

            if (next is null)
            {
                error = $"cannot take '{args[i]} {value}'";
                return false;
            }

            parsed = next;
        }

        options = parsed;
        return true;
    }

    private static double? Number(string? text, double least, double most)
        => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most
            ? value
            : null;
}
