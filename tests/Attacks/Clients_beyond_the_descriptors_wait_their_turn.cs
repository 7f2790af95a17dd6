using QContinuum.Attacks.Tests.Support;

namespace QContinuum.Attacks.Tests;

[Collection(nameof(Heavy))]
public sealed class Clients_beyond_the_descriptors_wait_their_turn
{
    private const int Descriptors = 256;
    private const int Clients = 400;

    [Theory, EachServer]
    public async Task And_come_in_as_others_leave(string server)
    {
        await using Siege siege = await Siege.BeginAsync(server, preparation: $"ulimit -n {Descriptors}");
        Client[] crowd = await siege.ConnectManyAsync(Clients);
        List<Task> answered = [];
        for (int i = 0; i < Clients; i++)
        {
            byte[] frame = Frames.Echo(i, 100);
            await crowd[i].SendAsync(frame);
            answered.Add(ExpectAsync(crowd[i], frame));
        }

        // It has as many as it can have, and the others are in the kernel's queue: that is nothing to do.
        await Task.WhenAll(answered.Take(100)).Guarded();
        await siege.ServeOldAsync();
        siege.ExpectQuiet();
        await siege.ServeOldAsync();
        Assert.InRange(siege.Vitals.AllDescriptors, 100, Descriptors);
        Assert.Contains(answered, static one => !one.IsCompleted);

        // Whoever has an answer leaves.
        for (int i = 0; i < Clients; i++)
        {
            await answered[i];
            crowd[i].Dispose();
        }

        string error = await siege.EndAsync();
        Assert.Contains("MaxPeers", error, StringComparison.Ordinal);
    }

    private static async Task ExpectAsync(Client client, byte[] frame) => Assert.Equal(frame, await client.ReceiveAsync(frame.Length));
}
