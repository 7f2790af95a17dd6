using System.Net.Sockets;
using QContinuum.Attacks.Tests.Support;

namespace QContinuum.Attacks.Tests;

/// <summary>
/// Something else than peers takes the descriptors that the process may have, so that <c>MaxPeers</c>, which follows from the limit, does not help: here the limit is lowered.
/// </summary>
[Collection(nameof(Heavy))]
public sealed class Who_comes_when_no_descriptor_is_left_is_told
{
    private const int Clients = 30;
    private const int Free = 5;

    /// <remarks>
    /// Of Echo, which starts no thread then: .NET takes a pipe for each that it starts, and ends the process where it gets none. So a server whose handlers await may meet that.
    /// </remarks>
    [Fact]
    public async Task And_those_who_were_there_are_served()
    {
        await using Siege siege = await Siege.BeginAsync();
        await siege.LimitDescriptorsAsync(siege.Vitals.AllDescriptors + Free);

        // Some find a descriptor; the others are not left to wait for one that may never come.
        Client[] crowd = await siege.ConnectManyAsync(Clients);
        bool[] served = await Task.WhenAll(crowd.Select(static (client, i) => IsServedAsync(client, Frames.Echo(i, 100))));
        Assert.InRange(served.Count(static one => one), 1, Free);
        await siege.ServeOldAsync();
        siege.ExpectQuiet();
        await siege.ServeOldAsync();

        foreach (Client client in crowd)
        {
            client.Dispose();
        }

        await siege.LimitDescriptorsAsync(1024);
        string error = await siege.EndAsync();
        Assert.Contains("no descriptor is free", error, StringComparison.Ordinal);
    }

    private static async Task<bool> IsServedAsync(Client client, byte[] frame)
    {
        try
        {
            await client.SendAsync(frame);
            byte[] answer = new byte[frame.Length];
            int received = await client.Socket.ReceiveAsync(answer).Guarded();
            return received > 0;
        }
        catch (SocketException reset) when (reset.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            return false;
        }
    }
}
