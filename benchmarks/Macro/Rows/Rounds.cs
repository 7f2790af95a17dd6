namespace QContinuum.Benchmarks.Macro.Rows;

/// <summary>The figures of programs that are measured one after the other in each round: what disturbs the machine meets all of them.</summary>
internal sealed class Rounds
{
    private readonly Dictionary<string, List<Figures>> _figures = [];

    /// <summary>Measures each program, in as many rounds as the bench has.</summary>
    public static async Task<Rounds> MeasureAsync(Bench bench, Launch[] programs, Func<Launch, Task<Figures>> measure)
    {
        var rounds = new Rounds();
        for (int round = 0; round < bench.Rounds; round++)
        {
            await rounds.AddAsync(round, programs, measure);
        }

        return rounds;
    }

    /// <summary>One round. Who begins has no advantage: another one each round.</summary>
    public async Task AddAsync(int round, Launch[] programs, Func<Launch, Task<Figures>> measure)
    {
        for (int i = 0; i < programs.Length; i++)
        {
            Launch program = programs[(i + round) % programs.Length];
            Of(program).Add(await Undisturbed.MeasureAsync(() => measure(program)));
        }
    }

    public double Median(Launch program, string figure) => Figures.Median(Of(program).Select(round => round[figure]));

    /// <summary>The median of the ratios within each round, as a cell; empty for a program and itself.</summary>
    public string Ratio(Launch program, Launch other, string figure)
        => program == other ? "" : Table.Number(Figures.Median(Of(program).Zip(Of(other), (mine, theirs) => mine[figure] / theirs[figure])), 2);

    private List<Figures> Of(Launch program)
        => _figures.TryGetValue(program.Name, out List<Figures>? figures) ? figures : _figures[program.Name] = [];
}
