using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using QContinuum.Benchmarks.Macro;
using QContinuum.Benchmarks.Micro;

// What single steps cost: reading and writing a message, a header, taking a block. All of them, or those of --filter; --write PAGE puts the table there as well.
const int Rounds = 5;
Page? page = args is ["--write", string path, ..] ? new Page(path) : null;
string[] rest = page is null ? args : args[2..];
BenchmarkSwitcher all = BenchmarkSwitcher.FromAssembly(typeof(MicroConfig).Assembly);
List<Summary> summaries = [];
for (int round = 0; round < Rounds; round++)
{
    summaries.AddRange(all.Run(rest.Length == 0 ? ["--filter", "*"] : rest, new MicroConfig()));
}

string table = MicroTable.Of(summaries);
Console.WriteLine($"\n{table}");
page?.Replace("micro", table);
