using QContinuum.Buffers;
using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Interleavings.Tests.Support;
using QContinuum.Loops;
using QContinuum.Transports;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

public sealed class A_peer_ends_once(ITestOutputHelper output)
{
    private readonly Explorer _ended = new(Ended, mostSwitches: 1);
    private readonly Explorer _awaited = new(Awaited);
    private readonly Explorer _heard = new(Heard);
    private readonly Explorer _hungUp = new(HungUp);
    private readonly Explorer _joined = new(Joined);
    private readonly Explorer _told = new(Told);
    private readonly Explorer _late = new(Late, mostSwitches: 1);

    [Fact]
    public void Whoever_closes_it_first() => _ended.Holds(output);

    [Fact]
    public void And_who_begins_to_wait_for_it_meanwhile_is_released() => _awaited.Holds(output);

    [Fact]
    public void Were_the_wait_not_to_be_seen_at_once_nobody_might_be() => _awaited.Finds(new Weakness("Peer", "Completion", "CompareExchange"), output);

    [Fact]
    public void And_who_asks_for_the_token_meanwhile_hears_of_it() => _heard.Holds(output);

    [Theory]
    [InlineData("Peer", "Aborted", "CompareExchange")]
    [InlineData("Peer", "TrySetReason", "CompareExchange")]
    public void Were_an_operation_no_fence_nobody_might(string type, string member, string operation)
        => _heard.Finds(new Weakness(type, member, operation), output);

    [Fact]
    public void And_who_asks_for_the_token_while_nobody_is_there_any_more_hears_of_it() => _hungUp.Holds(output);

    [Theory]
    [InlineData("Peer", "Aborted", "CompareExchange")]
    [InlineData("Peer", "OnHungUp", "MemoryBarrier")]
    public void Were_an_operation_no_fence_that_might_be_missed(string type, string member, string operation)
        => _hungUp.Finds(new Weakness(type, member, operation), output);

    [Fact]
    public void And_is_in_no_group_then() => _joined.Holds(output);

    [Theory]
    [InlineData("Peer", "Join", "CompareExchange")]
    [InlineData("Peer", "LeaveGroups", "Exchange")]
    public void Were_a_group_not_noted_atomically_it_might_be(string type, string member, string operation)
        => _joined.Finds(new Weakness(type, member, operation), output);

    [Fact]
    public void And_holds_nothing_of_what_groups_were_told() => _told.Holds(output);

    [Fact]
    public void Also_when_its_loop_ends_meanwhile() => _late.Holds(output);

    private static void Ended(Run run)
    {
        CountingProcessor processor = new(Threading.Inline);
        Peer peer = run.Peer(run.Loop(), processor);
        run.Thread("one", peer.Close);
        run.Thread("two", peer.Abort);
        run.AtRest(() => IsAtItsEnd(peer, processor));
    }

    private static void Awaited(Run run)
    {
        CountingProcessor processor = new(Threading.Inline);
        Peer peer = run.Peer(run.Loop(), processor);
        Task<CloseReason>? completion = null;
        run.Thread("waits", () => completion = peer.Completion);
        run.Thread("closes", peer.Abort);
        run.AtRest(() =>
        {
            IsAtItsEnd(peer, processor);
            Assert.True(completion!.IsCompletedSuccessfully, "who waits for the end waits for ever");
        });
    }

    private static void Heard(Run run)
    {
        CountingProcessor processor = new(Threading.Inline);
        Peer peer = run.Peer(run.Loop(), processor);
        CancellationToken aborted = default;
        run.Thread("asks", () => aborted = peer.Aborted);
        run.Thread("closes", peer.Abort);
        run.AtRest(() =>
        {
            IsAtItsEnd(peer, processor);
            Assert.True(aborted.IsCancellationRequested, "who has the token does not hear of the end");
        });
    }

    /// <summary>Both directions have ended, and what came before is not read yet: the peer has no reason so far.</summary>
    private static void HungUp(Run run)
    {
        Peer peer = run.Peer(run.Loop(), new CountingProcessor(Threading.Inline));
        CancellationToken aborted = default;
        run.Thread("asks", () => aborted = peer.Aborted);
        run.Thread("hangs up", ((IConnectionOwner)peer).OnHungUp);
        run.AtRest(() => Assert.True(aborted.IsCancellationRequested, "who has the token does not hear that nobody is there"));
    }

    private static void Joined(Run run)
    {
        Group group = new();
        CountingProcessor processor = new(Threading.Inline);
        Peer peer = run.Peer(run.Loop(), processor);
        run.Thread("joins", () => group.Add(peer));
        run.Thread("closes", peer.Abort);
        run.AtRest(() =>
        {
            Assert.Equal(0, group.Count);
            IsAtItsEnd(peer, processor);
        });
    }

    /// <summary>What a group does when it sends, and a member that closes meanwhile.</summary>
    private static void Told(Run run)
    {
        BlockLedger.Clear();
        EventLoop loop = run.Loop();
        CountingProcessor processor = new(Threading.Inline);
        Peer peer = run.Peer(loop, processor);
        run.Thread("tells", () =>
        {
            Block frame = BlockPool.OfThread.Take(16);
            frame.End += 16;
            peer.SendShared(frame, null!, out EventLoop? woken);
            woken?.WakeIfAsleep();
            frame.Release();
        });
        run.Thread("closes", peer.Abort);
        run.AtRest(() =>
        {
            IsAtItsEnd(peer, processor);
            Assert.Equal(EventLoop.ReadSize, Assert.Single(BlockLedger.HeldOf(null)).Capacity);
        });
    }

    /// <summary>The loop is stopped while somebody sends and closes: nobody is there who would do it later.</summary>
    private static void Late(Run run)
    {
        BlockLedger.Clear();
        EventLoop<StillPoller> loop = new(new StillPoller(), 0, new StillTime());
        run.Share(loop);
        CountingProcessor processor = new(Threading.Inline);
        Peer peer = run.Peer(loop, processor);
        run.Thread("main", () =>
        {
            loop.Start();
            run.Thread("one", () =>
            {
                peer.SendFramed([1, 2, 3]);
                peer.Close();
            });
            loop.Stop();
        });
        run.AtRest(() =>
        {
            IsAtItsEnd(peer, processor);
            Assert.Empty(BlockLedger.HeldOf(null));
        });
    }

    private static void IsAtItsEnd(Peer peer, CountingProcessor processor)
    {
        Assert.NotEqual(CloseReason.None, peer.Reason);
        Assert.True(peer.IsFinished, "its end was not told");
        Assert.Equal(processor.Calls.Count == 0 ? [] : ["Opened", peer.Reason.ToString()], processor.Calls);
        Assert.Equal(0, processor.PeerCount);
    }
}
