using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Replies;

public sealed class A_reply_that_is_never_made_closes_its_peer
{
    public static TheoryData<byte, bool, Threading> Each()
    {
        var each = new TheoryData<byte, bool, Threading>();
        foreach (byte kind in (byte[])[2, 3])
        {
            foreach (bool waits in (bool[])[false, true])
            {
                each.Add(kind, waits, Threading.Queued);
                each.Add(kind, waits, Threading.Inline);
            }
        }

        return each;
    }

    /// <summary>The handler throws, before it waits for anything or afterwards: nothing is sent, and nothing more is handled.</summary>
    [Theory, MemberData(nameof(Each))]
    public async Task Since_its_handler_throws(byte kind, bool waits, Threading threading)
    {
        var tanks = new Tanks
        {
            Wait = async tank =>
            {
                if (tank == 13)
                {
                    if (waits)
                    {
                        await Task.Yield();
                    }

                    throw new InvalidOperationException("tank 13");
                }
            },
        };
        await using CallLine line = await CallLine.OpenAsync(tanks.Run(threading), tanks.Peers, FlagFrames.HeaderSize);
        await line.SendAsync(FlagFrames.Of(kind, 1, 0, 0, 10), FlagFrames.Of(kind, 2, 0, 0, 13), FlagFrames.Of(kind, 3, 0, 0, 10));

        // What was answered before is still written.
        Assert.Equal(FlagFrames.Of((byte)(kind | FlagFrames.Reply), 1, 0, 0, (byte)(10 + kind)), await line.Client.EndedAsync());
        Assert.Equal(CloseReason.HandlerFault, await tanks.Closings.NextAsync());
        Assert.Contains("tank 13", await line.Server.Log.NextAsync(), StringComparison.Ordinal);
        Assert.Single(line.Server.Log.All);
    }
}
