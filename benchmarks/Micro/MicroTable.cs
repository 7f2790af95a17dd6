using System.Globalization;
using System.Text;
using BenchmarkDotNet.Reports;

namespace QContinuum.Benchmarks.Micro;

/// <summary>All that was measured as one table in Markdown: a line each, beside the first of its kind.</summary>
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
            double first = MedianOf(kind.First());
            foreach (BenchmarkReport report in kind)
            {
                table.Append(CultureInfo.InvariantCulture, $"| {kind.Key} | {report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'')} ")
                    .Append(CultureInfo.InvariantCulture, $"| {MedianOf(report):F1} | {MedianOf(report) / first:F2} | {report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)} |\n");
            }
        }

        return table.ToString();
    }

    private static string KindOf(BenchmarkReport report) => report.BenchmarkCase.Descriptor.Categories[0];

    private static double MedianOf(BenchmarkReport report) => report.ResultStatistics?.Median ?? double.NaN;
}
