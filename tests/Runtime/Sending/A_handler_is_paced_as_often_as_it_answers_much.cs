using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Sending;

/// <summary>A handler answers much, waits until that is taken, and answers much again: what is asked next is answered once that is taken too, as after the first time.</summary>
public sealed class A_handler_is_paced_as_often_as_it_answers_much
{
    /// <summary>Of which no two find room at once.</summary>
    private const int Much = 600 * 1024;

    private static readonly PeerServerOptions Options = new() { Loops = 1, Peers = new PeerOptions { SendLimit = 1024 * 1024 } };

    [Theory, EachLine]
    public async Task And_what_follows_finds_room(Transport transport, Threading threading)
    {
        byte[] data = Frames.Pattern(Much, seed: 9);
        TaskCompletionSource handled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Script script = new()
        {
            OnAsk = async (peer, _) =>
            {
                peer.Send(new Blob(0, data));
                await peer.WaitForRoomAsync();
                for (int turn = 0; turn < 10; turn++)
                {
                    // Whatever else waited for room has heard of it.
                    await Task.Yield();
                }

                peer.Send(new Blob(1, data));
                handled.SetResult();
            },
            OnMove = (peer, _) => peer.Send(new Blob(2, data)),
        };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading), Options);
        using RawClient client = await server.ConnectAsync(receiveBuffer: 64 * 1024);
        await client.SendAsync(Frames.Join(Frames.Ask(1), Frames.Move(1, 2, 3)));

        await ExpectAsync(client, Frames.Blob(0, data));
        await handled.Task.Guarded();
        await server.SettleAsync();

        await ExpectAsync(client, Frames.Blob(1, data));
        await ExpectAsync(client, Frames.Blob(2, data));
        Assert.Empty(script.Closings.All);
    }

    private static async Task ExpectAsync(RawClient client, byte[] expected) => Assert.Equal(expected, await client.ReceiveAsync(expected.Length));
}
