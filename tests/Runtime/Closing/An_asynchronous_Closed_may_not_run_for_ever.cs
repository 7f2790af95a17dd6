using QContinuum.Runtime.Tests.Deadlines;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Closing;

/// <summary>Its Closed handler ends when it is told to.</summary>
[Processor(Threading.Queued)]
public sealed partial class QueuedFarewell(Journal<CloseReason> begun, Task end)
{
    [Handles]
    private static void On(Peer peer, Raw raw) => peer.Send(raw);

    [Closed]
    private async ValueTask Closed(Peer peer, CloseReason reason)
    {
        begun.Add(reason);
        await end;
    }
}

/// <inheritdoc cref="QueuedFarewell"/>
[Processor(Threading.Inline)]
public sealed partial class InlineFarewell(Journal<CloseReason> begun, Task end)
{
    [Handles]
    private static void On(Peer peer, Raw raw) => peer.Send(raw);

    [Closed]
    private async ValueTask Closed(Peer peer, CloseReason reason)
    {
        begun.Add(reason);
        await end;
    }
}

public sealed class An_asynchronous_Closed_may_not_run_for_ever
{
    [Theory, EachLine]
    public async Task When_its_peer_closes(Transport transport, Threading threading)
    {
        await using Farewell farewell = await Farewell.StartAsync(transport, threading);
        Peer peer = await farewell.AcceptAsync();
        peer.Close();
        Assert.Equal(CloseReason.Local, await farewell.Begun.NextAsync());

        await farewell.PassUntilAsync(() => peer.Completion.IsCompleted);
        Assert.Contains("still runs 30 s after it was to end", await farewell.Server.Log.NextAsync(), StringComparison.Ordinal);
    }

    [Theory, EachLine]
    public async Task When_its_peer_is_redirected(Transport transport, Threading threading)
    {
        await using Farewell farewell = await Farewell.StartAsync(transport, threading);
        Peer peer = await farewell.AcceptAsync();
        Script next = new();
        Processor patient = next.Run(threading);
        patient.Deadlines = PeerDeadlines.None;
        peer.Redirect(patient);
        Assert.Equal(CloseReason.Redirected, await farewell.Begun.NextAsync());

        await farewell.PassUntilAsync(() => next.Peers.All.Count > 0);
        await farewell.Client.ExpectEchoAsync(Frames.Raw(1));

        // What it does in the end concerns the next one no more.
        farewell.End.SetException(new InvalidTimeZoneException("too late"));
        await farewell.Server.Log.NextAsync();
        Assert.Contains("too late", await farewell.Server.Log.NextAsync(), StringComparison.Ordinal);
        await farewell.Client.ExpectEchoAsync(Frames.Raw(2));
    }

    [Theory, EachLine]
    public async Task And_what_it_throws_is_logged(Transport transport, Threading threading)
    {
        await using Farewell farewell = await Farewell.StartAsync(transport, threading);
        Peer peer = await farewell.AcceptAsync();
        peer.Close();
        await farewell.Begun.NextAsync();
        farewell.End.SetException(new InvalidTimeZoneException("not so"));

        Assert.Equal(CloseReason.Local, await peer.Completion.Guarded());
        Assert.Contains("not so", await farewell.Server.Log.NextAsync(), StringComparison.Ordinal);
    }

    private sealed class Farewell : IAsyncDisposable
    {
        public Journal<CloseReason> Begun { get; } = new();

        public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TimedServer Server { get; private set; } = null!;

        public RawClient Client { get; private set; } = null!;

        public static async Task<Farewell> StartAsync(Transport transport, Threading threading)
        {
            Farewell farewell = new();
            Processor processor = threading == Threading.Queued
                ? new QueuedFarewell(farewell.Begun, farewell.End.Task)
                : new InlineFarewell(farewell.Begun, farewell.End.Task);
            farewell.Server = await TimedServer.StartAsync(transport, processor, new Script());
            return farewell;
        }

        public async Task<Peer> AcceptAsync()
        {
            Task<Peer> accepting = Server.AcceptAsync();
            Client = await Server.ConnectAsync();
            return await accepting.Guarded();
        }

        public Task PassUntilAsync(Func<bool> isTrue) => Guard.UntilAsync(() =>
        {
            Server.Clock.Advance(TimeSpan.FromSeconds(1));
            return isTrue();
        });

        public async ValueTask DisposeAsync()
        {
            End.TrySetResult();
            Client.Dispose();
            await Server.DisposeAsync();
        }
    }
}
