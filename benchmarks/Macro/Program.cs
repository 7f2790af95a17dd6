using QContinuum.Benchmarks.Macro;
using QContinuum.Benchmarks.Macro.Rows;

// Whole servers as processes of their own, one beside the other: what docs/performance.md has in its tables.
IRow[] rows = [new EchoRow()];

if (!MacroOptions.TryParse(args, rows, out MacroOptions? options, out string? error))
{
    Console.Error.WriteLine($"macro: {error}");
    Console.Error.WriteLine(MacroOptions.UsageOf(rows));
    return 2;
}

try
{
    var bench = new Bench(options.Rounds, options.Seconds);
    Console.WriteLine(Machine.Describe(args));
    foreach (IRow row in rows.Where(options.Wants))
    {
        Console.Error.WriteLine($"{row.Name} …");
        string table = await row.MeasureAsync(bench);
        Console.WriteLine($"\n### {row.Title}\n\n{table}");
        options.Page?.Replace(row.Name, table);
    }

    options.Page?.Replace("machine", Machine.Describe(args));
    return 0;
}
catch (MissingException missing)
{
    Console.Error.WriteLine($"macro: {missing.Message}");
    return 3;
}
