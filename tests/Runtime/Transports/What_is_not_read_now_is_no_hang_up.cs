using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Transports;

namespace QContinuum.Runtime.Tests.Transports;

/// <summary>Who is told of a hang-up is not watched any more: to say so of a connection that lives would leave it with what it has to write.</summary>
public sealed class What_is_not_read_now_is_no_hang_up
{
    /// <summary>It was readable when it was reported; the flush, which comes first, found so many answers that it is not to be read now.</summary>
    [Fact]
    public Task When_a_flush_ended_the_reading() => OnLoopAsync(static (loop, connection, owner) =>
    {
        Block answers = Answers(loop);
        connection.PublishQuietly(answers, answers, answers.Length);

        connection.OnReady(Readiness.Readable | Readiness.Writable);

        Assert.Equal(Readiness.Writable, connection.Watched);
        Assert.False(connection.IsSuspended);
        Assert.Equal(0, owner.HangUps);
    });

    [Fact]
    public Task But_a_hang_up_that_is_one_is_told_once() => OnLoopAsync(static (loop, connection, owner) =>
    {
        Block answers = Answers(loop);
        connection.PublishQuietly(answers, answers, answers.Length);
        connection.OnReady(Readiness.Readable | Readiness.Writable);

        connection.OnReady(Readiness.Readable | Readiness.Writable | Readiness.HungUp);

        Assert.True(connection.IsSuspended);
        Assert.Equal(1, owner.HangUps);
    });

    /// <summary>More of them than a peer may have waiting and still be read.</summary>
    private static Block Answers(EventLoop loop)
    {
        Block block = loop.Pool.Take(FullConnection.Options.HighWatermark + 1);
        block.End = FullConnection.Options.HighWatermark + 1;
        block.IsAnswer = true;
        return block;
    }

    private static async Task OnLoopAsync(Action<EventLoop, FullConnection, Owner> check)
    {
        LoopGroup group = new(Pollers.Default, 1, TimeProvider.System);
        group.Start();
        try
        {
            EventLoop loop = group.Choose();
            TaskCompletionSource<Exception?> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            loop.Post(
                _ =>
                {
                    Owner owner = new();
                    FullConnection connection = new(loop, owner);
                    connection.OnScheduled();
                    done.SetResult(Record.Exception(() => check(loop, connection, owner)));
                    connection.OnLoopStopped();
                },
                null);
            Assert.Null(await done.Task.Guarded());
        }
        finally
        {
            group.Stop();
        }
    }

    /// <summary>A connection whose other side takes nothing.</summary>
    private sealed class FullConnection : Connection
    {
        public FullConnection(EventLoop loop, IConnectionOwner owner)
            : base(loop, owner, Options)
            => loop.CountConnection(1);

        public static PeerOptions Options { get; } = new()
        {
            FirstMessageTimeout = Timeout.InfiniteTimeSpan,
            MessageTimeout = Timeout.InfiniteTimeSpan,
            SendTimeout = Timeout.InfiniteTimeSpan,
            IdleTimeout = Timeout.InfiniteTimeSpan,
        };

        public Readiness Watched { get; private set; }

        public bool IsSuspended { get; private set; }

        protected override void Start() => Open(Readiness.Readable);

        protected override void FinishConnecting() => throw new InvalidOperationException();

        protected override int Receive(Block block, int most) => -(int)IoError.WouldBlock;

        protected override int Send(Block chain) => -(int)IoError.WouldBlock;

        protected override bool WasReset() => true;

        protected override int Unconfirmed() => 0;

        protected override void Watch(Readiness interest) => Watched = interest;

        protected override void Suspend() => IsSuspended = true;

        protected override void ShutdownWrite()
        {
        }

        protected override void CloseHandle(bool reset)
        {
        }
    }

    private sealed class Owner : IConnectionOwner
    {
        public int HangUps { get; private set; }

        public bool IsFull => false;

        public long Held => 0;

        public CloseReason Reason => CloseReason.None;

        public bool IsBusy => false;

        public PeerDeadlines Deadlines => PeerDeadlines.All;

        public long FirstAwaited => 0;

        public long RestAwaited => 0;

        public long UserDue => 0;

        public void OnHungUp() => HangUps++;

        public bool OnReceived(Block block, int length) => false;

        public void OnOpened()
        {
        }

        public void OnRoom()
        {
        }

        public void OnMoving()
        {
        }

        public void OnMoved()
        {
        }

        public void OnEnded()
        {
        }

        public void OnLate(CloseReason reason, string? fault)
        {
        }

        public void OnClosed(CloseReason reason)
        {
        }

        public void OnReleased()
        {
        }
    }
}
