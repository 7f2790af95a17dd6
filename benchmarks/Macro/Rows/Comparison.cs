namespace QContinuum.Benchmarks.Macro.Rows;

/// <summary>
/// Servers under the same loads, one after the other within each round: what disturbs the machine meets all of them. The servers of a round are new.
/// </summary>
internal sealed class Comparison(Launch[] servers, Shape[] shapes)
{
    private readonly Dictionary<(string Server, Shape Shape), List<Figures>> _rounds = [];

    public async Task MeasureAsync(Bench bench)
    {
        for (int round = 0; round < bench.Rounds; round++)
        {
            var running = new List<RunningProgram>();
            try
            {
                foreach (Launch server in servers)
                {
                    running.Add(await bench.ServeWarmAsync(server, shapes[0].MessageId));
                }

                foreach (Shape shape in shapes)
                {
                    // Who begins has no advantage: another one each round.
                    for (int i = 0; i < servers.Length; i++)
                    {
                        int turn = (i + round) % servers.Length;
                        Of(servers[turn].Name, shape).Add(await bench.LoadAsync(running[turn], shape));
                    }
                }
            }
            finally
            {
                running.ForEach(static server => server.Dispose());
            }
        }
    }

    public double Median(string server, Shape shape, string figure) => Figures.Median(Of(server, shape).Select(round => round[figure]));

    /// <summary>The median of the ratios within each round.</summary>
    public double Ratio(string server, string other, Shape shape, string figure)
        => Figures.Median(Of(server, shape).Zip(Of(other, shape), (mine, theirs) => mine[figure] / theirs[figure]));

    private List<Figures> Of(string server, Shape shape)
        => _rounds.TryGetValue((server, shape), out List<Figures>? rounds) ? rounds : _rounds[(server, shape)] = [];
}
