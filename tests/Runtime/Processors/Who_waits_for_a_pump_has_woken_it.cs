using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Processors;

/// <summary>
/// What a loop has given a pump wakes it at the end of the loop's turn, or before anything that may take long. Code of an inline processor that runs later in the same turn may
/// wait for what the pump has been given.
/// </summary>
public sealed class Who_waits_for_a_pump_has_woken_it
{
    private const int Blocks = 0;
    private const int Waits = 1;

    /// <summary>Who waits may have its turn before the pump was given anything: that shows nothing, and is tried again.</summary>
    private const int Attempts = 100;

    [Theory, EachTransport]
    public Task Be_it_Opened(Transport transport) => UntilHeardAsync(transport, static async scene =>
    {
        scene.IsWaitingAtOpened = true;
        await scene.DuringABlockAsync(async () =>
        {
            await scene.GiveThePumpSomethingAsync();
            await scene.ConnectAsync();
        });
    });

    [Theory, EachTransport]
    public Task Be_it_a_handler(Transport transport) => UntilHeardAsync(transport, static async scene =>
    {
        RawClient waiting = await scene.ConnectAsync();
        await scene.DuringABlockAsync(async () =>
        {
            await scene.GiveThePumpSomethingAsync();
            await waiting.SendAsync(Frames.Move(Waits, 0, 0));
        });
    });

    /// <summary>In one turn it is given something, and then what was awaited goes on.</summary>
    [Theory, EachTransport]
    public Task Be_it_a_handler_that_has_awaited(Transport transport) => UntilHeardAsync(transport, static async scene =>
    {
        RawClient waiting = await scene.ConnectAsync();
        await waiting.SendAsync(Frames.Ask(1));
        await scene.Asked.NextAsync();
        RawClient second = await scene.ConnectAsync();
        await scene.DuringABlockAsync(async () =>
        {
            await second.SendAsync(Frames.Move(Blocks, 0, 0));
            await scene.GiveThePumpSomethingAsync();
        });
        await scene.DuringThatBlockAsync(() =>
        {
            scene.Awaited.SetResult();
            return Task.CompletedTask;
        });
    });

    [Theory, EachTransport]
    public Task Be_it_Closed(Transport transport) => UntilHeardAsync(transport, static async scene =>
    {
        RawClient waiting = await scene.ConnectAsync();
        scene.IsWaitingAtClosed = true;
        await scene.DuringABlockAsync(async () =>
        {
            await scene.GiveThePumpSomethingAsync();
            waiting.Reset();
        });
    });

    private static async Task UntilHeardAsync(Transport transport, Func<Scene, Task> play)
    {
        bool isHeard = false;
        for (int i = 0; i < Attempts && !isHeard; i++)
        {
            await using Scene scene = new();
            await scene.BeginAsync(transport);
            await play(scene);
            isHeard = await scene.Heard.NextAsync();
        }

        Assert.True(isHeard, "it had its turn too early, each time");
    }

    /// <summary>A server of one loop with a peer of a pump, and others of an inline processor, of whom one may keep the loop from going on.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private static readonly byte[] Moving = Frames.Chat("to the pump");
        private static readonly byte[] Something = Frames.Move(1, 2, 3);

        private readonly List<RawClient> _clients = [];
        private readonly Script _queued;
        private readonly Script _inline;
        private readonly Processor _pump;
        private readonly Journal<int> _blocked = new();
        private readonly SemaphoreSlim _goOn = new(0);
        private readonly ManualResetEventSlim _handled = new();
        private TestServer? _server;
        private RawClient? _ofPump;
        private Peer? _peerOfPump;

        public Scene()
        {
            _queued = new Script { OnMove = (_, _) => _handled.Set() };
            _pump = _queued.Run(Threading.Queued);
            _inline = new Script
            {
                OnOpened = OnOpened,
                OnChat = (peer, _) => peer.Redirect(_pump),
                OnMove = OnMove,
                OnAsk = OnAskAsync,
                OnClosed = OnClosed,
            };
        }

        /// <summary>Whether who waited heard of what the pump did; false where that was not given to it before.</summary>
        public Journal<bool> Heard { get; } = new();

        public Journal<long> Asked { get; } = new();

        public TaskCompletionSource Awaited { get; } = new();

        public bool IsWaitingAtOpened { get; set; }

        public bool IsWaitingAtClosed { get; set; }

        public async Task BeginAsync(Transport transport)
        {
            _server = await TestServer.StartAsync(transport, _inline.Run(Threading.Inline));
            _ofPump = await ConnectAsync();
            await _ofPump.SendAsync(Moving);
            _peerOfPump = await _queued.Peers.NextAsync();
        }

        public async Task<RawClient> ConnectAsync()
        {
            RawClient client = await _server!.ConnectAsync();
            _clients.Add(client);
            if (!IsWaitingAtOpened)
            {
                await _inline.Peers.NextAsync();
            }

            return client;
        }

        public Task GiveThePumpSomethingAsync() => _ofPump!.SendAsync(Something);

        /// <summary>Meanwhile the loop does nothing: what has become ready by the end has its turn together.</summary>
        public async Task DuringABlockAsync(Func<Task> play)
        {
            bool isWaiting = IsWaitingAtOpened;
            IsWaitingAtOpened = false;
            RawClient blocking = await ConnectAsync();
            IsWaitingAtOpened = isWaiting;
            await blocking.SendAsync(Frames.Move(Blocks, 0, 0));
            await DuringThatBlockAsync(play);
        }

        public async Task DuringThatBlockAsync(Func<Task> play)
        {
            await _blocked.NextAsync();
            try
            {
                await play();
            }
            finally
            {
                _goOn.Release();
            }
        }

        public async ValueTask DisposeAsync()
        {
            IsWaitingAtClosed = false;
            _clients.ForEach(static client => client.Dispose());
            await _server!.DisposeAsync();
            _goOn.Dispose();
            _handled.Dispose();
        }

        /// <summary>With something that its client does not read, so that closing that resets on every transport.</summary>
        private Peer OnOpened(Peer peer)
        {
            peer.Send(new Move(0, 0, 0));
            if (IsWaitingAtOpened)
            {
                WaitForPump();
            }

            return peer;
        }

        private void OnMove(Peer peer, Move move)
        {
            if (move.Entity == Waits)
            {
                WaitForPump();
                return;
            }

            _blocked.Add(1);
            Assert.True(_goOn.Wait(Guard.Patience));
        }

        private async ValueTask OnAskAsync(Peer peer, Ask ask)
        {
            Asked.Add(ask.Number);
            await Awaited.Task;
            WaitForPump();
        }

        private void OnClosed(Peer peer, CloseReason reason)
        {
            if (IsWaitingAtClosed)
            {
                WaitForPump();
            }
        }

        private void WaitForPump()
        {
            bool isGiven = _peerOfPump!.Statistics.BytesReceived == Moving.Length + Something.Length;
            Assert.True(!isGiven || _handled.Wait(Guard.Patience), "the pump sleeps");
            Heard.Add(isGiven);
        }
    }
}
