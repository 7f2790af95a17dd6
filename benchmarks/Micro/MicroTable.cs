using System.Globalization;
using System.Text;
using BenchmarkDotNet.Reports;

namespace QContinuum.Benchmarks.Micro;

/// <summary>
/// All that was measured as one table in Markdown: a line each, beside the first of its kind. Of several rounds that counts which took the least: what else a machine does slows one down,
/// and now one of two that are compared, now the other.
/// </summary>
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
            BenchmarkReport[] least = [.. kind.GroupBy(NameOf).Select(static rounds => rounds.MinBy(MedianOf)!)];
            foreach (BenchmarkReport report in least)
            {
                table.Append(CultureInfo.InvariantCulture, $"| {kind.Key} | {NameOf(report)} ")
                    .Append(CultureInfo.InvariantCulture, $"| {MedianOf(report):F1} | {MedianOf(report) / MedianOf(least[0]):F2} | {report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)} |\n");
            }
        }

        return table.ToString();
    }

    private static string KindOf(BenchmarkReport report) => report.BenchmarkCase.Descriptor.Categories[0];

    private static string NameOf(BenchmarkReport report) => report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');

    private static double MedianOf(BenchmarkReport report) => report.ResultStatistics?.Median ?? double.NaN;
}
