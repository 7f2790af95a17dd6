using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There a message was queued and its buffer given back before anybody had read it.</summary>
public sealed class A_message_lives_until_its_handler_has_run
{
    [Theory, EachLine]
    public async Task However_much_is_received_meanwhile(Transport transport, Threading threading)
    {
        const int Messages = 400;
        byte[][] seen = new byte[Messages][];
        int count = 0;
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Script script = new()
        {
            OnRaw = (_, raw) =>
            {
                Thread.Yield();
                seen[count] = raw.Data.ToArray();
                if (++count == Messages)
                {
                    done.SetResult();
                }
            },
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();

        await client.SendAsync(Frames.Join(Enumerable.Range(0, Messages).Select(static i => Frames.Raw(Frames.Pattern(1_000 + i, i)))));
        await done.Task.Guarded();

        for (int i = 0; i < Messages; i++)
        {
            Assert.Equal(Frames.Pattern(1_000 + i, i), seen[i]);
        }
    }
}
