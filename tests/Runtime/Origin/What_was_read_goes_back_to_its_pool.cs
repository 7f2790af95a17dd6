using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There every message took a buffer that nobody ever gave back: 1,001 taken and none returned for 1,000 messages.</summary>
public sealed class What_was_read_goes_back_to_its_pool
{
    [Theory, EachLine]
    public async Task Message_after_message(Transport transport, Threading threading)
    {
        Processor processor = new Script().Run(threading);
        await using TestServer server = await TestServer.StartAsync(transport, processor);
        using RawClient client = await server.ConnectAsync();
        for (int i = 0; i < 2_000; i++)
        {
            await client.ExpectEchoAsync(Frames.Raw(Frames.Pattern(i, i)));
        }

        await server.SettleAsync();

        // What the loop reads into, and what small reads share.
        Assert.InRange(server.Server.OutstandingBlocks, 0, 4);
    }
}
