using QContinuum.Buffers;
using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Interleavings.Tests.Support;
using QContinuum.Loops;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

public sealed class Nothing_published_stays_unsent(ITestOutputHelper output)
{
    private readonly Explorer _published = new(Published, mostSwitches: 1, pointsAfter: true);
    private readonly Explorer _reserved = new(Reserved);
    private readonly Explorer _awaited = new(Awaited);
    private readonly Explorer _cutOff = new(CutOff);

    [Fact]
    public void What_each_thread_published_is_sent_in_order() => _published.Holds(output);

    [Theory]
    [InlineData("Connection", "Publish", "Add")]
    [InlineData("Connection", "Put", "CompareExchange")]
    [InlineData("Connection", "TakeOutbox", "Exchange")]
    [InlineData("Connection", "Written", "Add")]
    [InlineData("Pollable", "Schedule", "Exchange")]
    public void Were_an_operation_not_atomic_it_might_not(string type, string member, string operation)
        => _published.Finds(new Weakness(type, member, operation), output);

    [Fact]
    public void No_more_is_reserved_than_may_wait() => _reserved.Holds(output);

    [Fact]
    public void Were_that_not_atomic_more_might_be() => _reserved.Finds(new Weakness("Connection", "Reserve", "CompareExchange"), output);

    [Fact]
    public void Who_waits_until_little_is_left_is_released() => _awaited.Holds(output);

    [Fact]
    public void Without_the_fence_of_the_one_who_waits_they_might_not_be()
        => _awaited.Finds(new Weakness("Connection", "WhenBelowLowWatermark", "CompareExchange"), output);

    [Fact]
    public void Also_when_the_connection_ends_meanwhile() => _cutOff.Holds(output);

    [Fact]
    public void Without_the_fence_of_the_one_who_waits_nobody_might_be()
        => _cutOff.Finds(new Weakness("Connection", "WhenBelowLowWatermark", "CompareExchange"), output);

    private static void Published(Run run)
    {
        SilentConnection connection = Connect(run);
        run.Thread("one", () =>
        {
            Publish(connection, 1);
            Publish(connection, 2);
        });
        run.Thread("two", () => Publish(connection, 10));
        run.AtRest(() =>
        {
            Assert.Equal(new byte[] { 1, 2, 10 }, connection.Sent.Order());
            Assert.Equal(new byte[] { 1, 2 }, connection.Sent.Where(static sent => sent < 10));
            Assert.Equal(0, connection.Pending);
            Block held = Assert.Single(BlockLedger.HeldOf(null));
            Assert.Equal(EventLoop.ReadSize, held.Capacity);
        });
    }

    private static void Reserved(Run run)
    {
        const int Most = 4;
        SilentConnection connection = Connect(run);
        int reserved = 0;
        foreach (string thread in (string[])["one", "two"])
        {
            run.Thread(thread, () =>
            {
                if (connection.Reserve(3, Most) <= Most)
                {
                    reserved += 3;
                }
            });
        }

        run.AtRest(() =>
        {
            Assert.Equal(3, reserved);
            Assert.Equal(3, connection.Pending);
        });
    }

    private static void Awaited(Run run)
    {
        SilentConnection connection = Connect(run);
        run.Share(connection.Extras);
        Task released = Task.CompletedTask;
        run.Thread("one", () =>
        {
            Publish(connection, 1, 2, 3);
            released = connection.WhenBelowLowWatermark();
        });
        run.AtRest(() => Assert.True(released.IsCompletedSuccessfully));
    }

    private static void CutOff(Run run)
    {
        SilentConnection connection = Connect(run);
        run.Share(connection.Extras);
        Task released = Task.CompletedTask;
        run.Thread("one", () =>
        {
            Publish(connection, 1, 2, 3);
            released = connection.WhenBelowLowWatermark();
        });
        run.Thread("two", connection.Abort);
        run.AtRest(() =>
        {
            Assert.True(released.IsCompletedSuccessfully);
            Assert.Equal(0, connection.Pending);
            Assert.Single(BlockLedger.HeldOf(null));
        });
    }

    private static SilentConnection Connect(Run run)
    {
        BlockLedger.Clear();
        EventLoop loop = run.Loop();
        SilentConnection connection = new(loop, new QuietOwner(), new PeerOptions { HighWatermark = 2, LowWatermark = 1 });
        run.Share(connection);
        connection.Schedule();
        return connection;
    }

    private static void Publish(SilentConnection connection, params ReadOnlySpan<byte> bytes)
    {
        Block block = BlockPool.OfThread.Take(bytes.Length);
        bytes.CopyTo(block.FreeSpan(bytes.Length));
        block.End += bytes.Length;
        connection.Publish(block, block, block.Length);
    }
}
