using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Processors;

/// <summary>The text of an exception is code of the application as well, and may throw in its turn: that costs the peer, as ever, and neither the lane nor the log.</summary>
public sealed class A_handler_may_throw_what_has_no_text
{
    [Theory, EachThreading]
    public async Task Of_a_message(Threading threading)
        => await ExpectAsync(threading, new Script { OnMove = static (_, _) => throw new Mute() }, Frames.Move(1, 0, 0));

    [Theory, EachThreading]
    public async Task After_it_has_waited(Threading threading)
    {
        Script script = new()
        {
            OnAsk = static async (_, _) =>
            {
                await Task.Yield();
                throw new Mute();
            },
        };
        await ExpectAsync(threading, script, Frames.Ask(1));
    }

    [Theory, EachThreading]
    public async Task Of_an_opening(Threading threading)
        => await ExpectAsync(threading, new Script { OnOpened = static _ => throw new Mute() }, Frames.Move(1, 0, 0));

    [Theory, EachThreading]
    public async Task Of_a_closing(Threading threading)
    {
        Script script = new() { OnMove = static (_, _) => throw new Mute(), OnClosed = static (_, _) => throw new Mute() };
        await ExpectAsync(threading, script, Frames.Move(1, 0, 0));
    }

    private static async Task ExpectAsync(Threading threading, Script script, byte[] frame)
    {
        await using TestServer server = await TestServer.StartAsync(script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        Peer peer = await script.Peers.NextAsync();

        client.TrySend(frame);

        Assert.Equal(CloseReason.HandlerFault, await peer.Completion.Guarded());
        Assert.Contains(nameof(Mute), await server.Log.NextAsync(), StringComparison.Ordinal);
    }
}
