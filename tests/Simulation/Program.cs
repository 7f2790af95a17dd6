using System.Diagnostics;
using System.Globalization;
using QContinuum.Simulation.Tests;

const string Usage = "usage: Simulation --seeds N [--from S]    runs N seeds, from S on (default 1)\n       Simulation --seed S               replays one, and tells all that happens";

if (args is ["--seed", var only] && int.TryParse(only, CultureInfo.InvariantCulture, out int replayed))
{
    Outcome outcome = Simulation.Run(replayed, Console.WriteLine);
    Console.WriteLine(outcome.Failure is null ? $"seed {replayed} holds" : $"seed {replayed} fails: {outcome.Failure}");
    return outcome.Failure is null ? 0 : 1;
}

int from = 1;
if (args is not (["--seeds", _] or ["--seeds", _, "--from", _]) || !int.TryParse(args[1], CultureInfo.InvariantCulture, out int count)
    || (args.Length == 4 && !int.TryParse(args[3], CultureInfo.InvariantCulture, out from)))
{
    Console.Error.WriteLine(Usage);
    return 2;
}

long began = Stopwatch.GetTimestamp();
long messages = 0;
long faults = 0;
for (int i = 0; i < count; i++)
{
    Outcome outcome = Simulation.Run(from + i, static _ => { });
    if (outcome.Failure is not null)
    {
        Console.WriteLine($"seed {from + i} fails: {outcome.Failure}\nreplay: dotnet run --project tests/Simulation -- --seed {from + i}");
        return 1;
    }

    messages += outcome.Messages;
    faults += outcome.Faults;
    if ((i + 1) % 1000 == 0 || i + 1 == count)
    {
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i + 1} seeds, {(i + 1) / seconds:F0} a second: {messages} messages handled, {faults} faults"));
    }
}

return 0;
