using System.Net.Sockets;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>Sends as much as the other side takes, and no byte more.</summary>
internal static class Flood
{
    private const int Rounds = 20;

    /// <summary>
    /// Sends <paramref name="bytes"/> until the socket takes no more, although the server has had <see cref="Rounds"/> turns to make room.
    /// </summary>
    /// <returns>How many bytes were taken.</returns>
    public static async Task<int> UntilRefusedAsync(RawClient client, byte[] bytes, Func<Task> settleAsync)
    {
        client.Socket.Blocking = false;
        int sent = 0;
        for (int refused = 0; refused < Rounds && sent < bytes.Length;)
        {
            int taken = client.Socket.Send(bytes.AsSpan(sent), SocketFlags.None, out SocketError error);
            Assert.True(error is SocketError.Success or SocketError.WouldBlock, $"the server ended the connection: {error}");
            sent += taken;
            if (error == SocketError.WouldBlock)
            {
                refused++;
                await settleAsync();
            }
            else
            {
                refused = 0;
            }
        }

        return sent;
    }
}
