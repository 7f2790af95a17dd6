using System.Globalization;
using System.Text;
using BenchmarkDotNet.Reports;

namespace QContinuum.Benchmarks.Micro;

/// <summary>All that was measured as one table in Markdown: a line each, beside the first of its kind. Of several rounds the medians, those of what is beside the first too: it is that of the same round.</summary>
internal static class MicroTable
{
    public static string Of(IEnumerable<Summary> summaries)
    {
        var table = new StringBuilder("""
            | what | by | ns | ÷ the first | bytes allocated |
            |---|---|---:|---:|---:|

            """);
        foreach (IGrouping<string, BenchmarkReport> kind in summaries.SelectMany(static summary => summary.Reports).GroupBy(KindOf))
        {
            double[][] rounds = [.. kind.GroupBy(NameOf).Select(static reports => reports.Select(MedianOf).ToArray())];
            foreach ((BenchmarkReport report, double[] times) in kind.DistinctBy(NameOf).Zip(rounds))
            {
                double[] ratios = [.. times.Zip(rounds[0], static (time, first) => time / first)];
                table.Append(CultureInfo.InvariantCulture, $"| {kind.Key} | {NameOf(report)} | {MedianOf(times):F1} | {MedianOf(ratios):F2} ")
                    .Append(CultureInfo.InvariantCulture, $"| {report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)} |\n");
            }
        }

        return table.ToString();
    }

    private static string KindOf(BenchmarkReport report) => report.BenchmarkCase.Descriptor.Categories[0];

    private static string NameOf(BenchmarkReport report) => report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');

    private static double MedianOf(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static double MedianOf(BenchmarkReport report) => report.ResultStatistics?.Median ?? double.NaN;
}
