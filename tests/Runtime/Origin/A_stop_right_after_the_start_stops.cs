using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There a loop that began to run set a flag that the stop before had cleared, and ran for ever.</summary>
public sealed class A_stop_right_after_the_start_stops
{
    private const int Times = 100;

    [Fact]
    public Task A_loop() => Task.Run(static () =>
    {
        for (int i = 0; i < Times; i++)
        {
            LoopGroup loops = new(Pollers.Default, 1, TimeProvider.System);
            loops.Start();
            loops.Stop();
        }
    }).Guarded();

    [Theory, EachLine]
    public async Task A_server(Transport transport, Threading threading)
    {
        for (int i = 0; i < Times; i++)
        {
            TestServer server = await TestServer.StartAsync(transport, new Script().Run(threading));
            await server.DisposeAsync();
        }
    }
}
