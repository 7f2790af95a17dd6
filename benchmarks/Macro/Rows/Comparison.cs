namespace QContinuum.Benchmarks.Macro.Rows;

/// <summary>Servers under the same loads. The servers of a round are new.</summary>
internal sealed class Comparison(Launch[] servers, Shape[] shapes)
{
    private readonly Dictionary<Shape, Rounds> _rounds = shapes.ToDictionary(static shape => shape, static _ => new Rounds());

    public Rounds this[Shape shape] => _rounds[shape];

    public async Task MeasureAsync(Bench bench)
    {
        for (int round = 0; round < bench.Rounds; round++)
        {
            var running = new Dictionary<Launch, RunningProgram>();
            try
            {
                foreach (Launch server in servers)
                {
                    running.Add(server, await bench.ServeWarmAsync(server, shapes));
                }

                foreach (Shape shape in shapes)
                {
                    await _rounds[shape].AddAsync(round, servers, async server =>
                    {
                        await RunningProgram.RestAsync(running.Values);
                        return await bench.LoadAsync(running[server], shape);
                    });
                }
            }
            finally
            {
                foreach (RunningProgram server in running.Values)
                {
                    server.Dispose();
                }
            }
        }
    }
}
