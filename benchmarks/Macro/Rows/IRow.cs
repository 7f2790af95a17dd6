namespace QContinuum.Benchmarks.Macro.Rows;

/// <summary>One thing that is measured, and its table.</summary>
internal interface IRow
{
    /// <summary>What <c>--only</c> calls it.</summary>
    string Name { get; }

    /// <summary>What stands above its table.</summary>
    string Title { get; }

    /// <summary>Measures it, and writes the table in Markdown.</summary>
    Task<string> MeasureAsync(Bench bench);
}
