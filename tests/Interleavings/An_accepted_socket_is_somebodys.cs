using System.Net.Sockets;
using QContinuum.Interleavings.Tests.Exploring;
using QContinuum.Loops;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

/// <summary>An accept of the portable poller ends on a thread of the runtime, while its loop waits for it, or gives it up.</summary>
public sealed class An_accepted_socket_is_somebodys(ITestOutputHelper output)
{
    private readonly Explorer _awaited = new(Awaited);
    private readonly Explorer _abandoned = new(Abandoned);

    [Fact]
    public void The_loops_where_it_waits_for_it() => _awaited.Holds(output);

    [Fact]
    public void Nobodys_and_so_closed_where_the_loop_gives_up() => _abandoned.Holds(output);

    [Theory]
    [InlineData("PortableOperation", "Abandon", "Exchange")]
    [InlineData("PortableOperation", "OnCompleted", "CompareExchange")]
    public void Were_one_of_the_two_not_atomic_it_might_stay_open(string type, string member, string operation)
        => _abandoned.Finds(new Weakness(type, member, operation), output);

    private static void Awaited(Run run)
    {
        AcceptingSocket accepting = new();
        run.Share(accepting.Operation);
        Socket accepted = AcceptingSocket.New();
        run.Thread("loop", () =>
        {
            while (accepting.Queue!.Wait(Timeout.Infinite) == 0)
            {
            }

            Assert.Same(accepted, accepting.Operation.AcceptSocket);
        });
        run.Thread("runtime", () => accepting.Accept(accepted));
        run.AtRest(() => End(accepting, accepted, isOpen: true));
    }

    private static void Abandoned(Run run)
    {
        AcceptingSocket accepting = new();
        run.Share(accepting.Operation);
        Socket accepted = AcceptingSocket.New();
        run.Thread("loop", accepting.Operation.Abandon);
        run.Thread("runtime", () => accepting.Accept(accepted));
        run.AtRest(() => End(accepting, accepted, isOpen: false));
    }

    private static void End(AcceptingSocket accepting, Socket accepted, bool isOpen)
    {
        bool wasOpen = !accepted.SafeHandle.IsClosed;
        accepting.Dispose();
        accepted.Dispose();
        Assert.Equal(isOpen, wasOpen);
    }

    /// <summary>A socket with an accept that is under way.</summary>
    private sealed class AcceptingSocket : PortableSocket
    {
        internal AcceptingSocket()
            : base(New())
        {
            Operation = new PortableOperation(this);
            Watch(new PortableQueue(), 1, Readiness.Readable);
            Operation.Begin(Socket, static (_, _) => true);
        }

        internal PortableOperation Operation { get; }

        internal static Socket New() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        /// <summary>What the runtime does when somebody has come.</summary>
        internal void Accept(Socket accepted)
        {
            Operation.AcceptSocket = accepted;
            ((IThreadPoolWorkItem)Operation).Execute();
        }

        public override void Dispose()
        {
            Forget();
            Socket.Dispose();
            Operation.Dispose();
        }

        internal override Readiness Look() => Operation.IsDone ? Readiness.Readable : Readiness.None;
    }
}
