using QContinuum.Loops;
using QContinuum.Transports;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>What is behind a peer of a server: its connection, and the loop of that.</summary>
internal static class Connections
{
    public static Task<Connection> ConnectionAsync(this Peer peer)
    {
        TaskCompletionSource<Connection> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LoopGroup.ForEachOfAll(peer, (pollable, peer) =>
        {
            if (pollable is Connection connection && connection.Owner == peer)
            {
                found.TrySetResult(connection);
            }
        });
        return found.Task.Guarded();
    }

    /// <summary>Sends to a client that does not read, until the kernel takes no more, and something waits.</summary>
    /// <returns>How often it was sent.</returns>
    public static async Task<int> FillAsync(this TestServer server, Peer peer, byte[] answer)
    {
        using RawClient bystander = await server.ConnectAsync();
        int sent = 0;
        do
        {
            Assert.Equal(SendResult.Sent, peer.Send(new Raw(answer)));
            sent++;
            await bystander.ExpectEchoAsync(Frames.Raw(1));
        }
        while (peer.Statistics.BytesSent == sent * (long)(Frames.HeaderSize + answer.Length));
        return sent;
    }

    /// <summary>The loop has served what was ready, and looked at its clock; it needs no peer that answers.</summary>
    public static async Task TurnAsync(this EventLoop loop)
    {
        for (int turns = 0; turns < 3; turns++)
        {
            TaskCompletionSource turned = new(TaskCreationOptions.RunContinuationsAsynchronously);
            loop.Post(_ => turned.SetResult(), null);
            await turned.Task.Guarded();
        }
    }
}
