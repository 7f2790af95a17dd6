using QContinuum.Benchmarks.Macro;
using QContinuum.Benchmarks.Macro.Rows;

// Whole servers as processes of their own, one beside the other: what docs/performance.md has in its tables.
IRow[] rows =
[
    ServersRow.Echo, ServersRow.Loops, ServersRow.Queued, new GroupRow(), new IdleRow(), new StartRow(), ServersRow.Stream, new AllocationRow(),
];

if (!MacroOptions.TryParse(args, rows, out MacroOptions? options, out string? error))
{
    Console.Error.WriteLine($"macro: {error}");
    Console.Error.WriteLine(MacroOptions.UsageOf(rows));
    return 2;
}

try
{
    IRow[] wanted = [.. rows.Where(options.Wants)];
    Array.ForEach(wanted, row => options.Page?.Require(row.Name));
    var bench = new Bench(options.Rounds, options.Seconds);
    string machine = Machine.Describe(args);
    Console.WriteLine(machine);
    int failed = 0;
    foreach (IRow row in wanted)
    {
        Console.Error.WriteLine($"{row.Name} …");
        try
        {
            string table = await row.MeasureAsync(bench);
            Console.WriteLine($"\n### {row.Title}\n\n{table}");
            options.Page?.Replace(row.Name, $"{table}\n{machine}");
        }
        catch (Exception exception) when (exception is InvalidOperationException or TimeoutException)
        {
            // A server or a load that ended: the other rows have their tables all the same.
            Console.Error.WriteLine($"macro: {row.Name} has failed: {exception.Message}");
            failed++;
        }
    }

    return failed > 0 ? 1 : 0;
}
catch (InvalidDataException page)
{
    Console.Error.WriteLine($"macro: {page.Message}");
    return 2;
}
catch (MissingException missing)
{
    Console.Error.WriteLine($"macro: {missing.Message}");
    return 3;
}
