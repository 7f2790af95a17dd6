using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Interleavings.Tests.Support;
using QContinuum.Loops;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

public sealed class Who_waits_for_a_reply_hears_once(ITestOutputHelper output)
{
    private readonly Explorer _met = new(Met);
    private readonly Explorer _late = new(Late);

    /// <summary>A reply, a cancellation and the end of the peer meet.</summary>
    [Fact]
    public void Whatever_comes_first() => _met.Holds(output);

    /// <summary>A request is made while the peer ends.</summary>
    [Fact]
    public void Also_who_asks_at_the_end() => _late.Holds(output);

    private static void Met(Run run)
    {
        RequestTable table = Table(run);
        CountedRequest request = new() { ReplyId = 1, FaultId = null };
        table.Add(request);
        run.Thread("lane", () =>
        {
            if (table.TryFind(1, 1, MessageRole.None, isAhead: false, out PendingRequest? waiting, out _))
            {
                waiting?.TryComplete(default);
            }
        });
        run.Thread("application", () =>
        {
            if (table.GiveUp(request))
            {
                request.Fail(new OperationCanceledException());
            }
        });
        run.Thread("end", () => table.Close(CloseReason.Reset));
        run.AtRest(() => IsHeardOnce(table, request));
    }

    private static void Late(Run run)
    {
        RequestTable table = Table(run);
        CountedRequest request = new() { ReplyId = 1, FaultId = null };
        run.Thread("asks", () =>
        {
            try
            {
                table.Add(request);
            }
            catch (PeerClosedException exception)
            {
                request.Fail(exception);
            }
        });
        run.Thread("end", () => table.Close(CloseReason.Reset));
        run.AtRest(() => IsHeardOnce(table, request));
    }

    private static RequestTable Table(Run run)
    {
        EventLoop<StillPoller> loop = new(new StillPoller(), 0, new StillTime());
        RequestTable table = new(loop, correlationBits: 32, new PeerOptions { RequestTimeout = Timeout.InfiniteTimeSpan });
        run.Share(table);
        return table;
    }

    private static void IsHeardOnce(RequestTable table, CountedRequest request)
    {
        Assert.Equal(1, request.Heard);
        Assert.Equal(0, (int)Inner.Of(table, "_waiting"));
    }

    private sealed class CountedRequest : PendingRequest
    {
        internal int Heard { get; private set; }

        internal override string ReplyName => nameof(CountedRequest);

        internal override int MaxBody => int.MaxValue;

        internal override bool TryComplete(ReadOnlyMemory<byte> frame)
        {
            Heard++;
            return true;
        }

        internal override void Fail(Exception exception) => Heard++;
    }
}
