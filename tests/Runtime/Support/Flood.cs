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
        int sent = 0;
        for (int refused = 0; refused < Rounds && sent < bytes.Length;)
        {
            int taken = client.TrySend(bytes.AsSpan(sent));
            sent += taken;
            if (taken == 0)
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
