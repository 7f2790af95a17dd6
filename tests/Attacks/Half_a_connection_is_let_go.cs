using System.Net.Sockets;
using QContinuum.Attacks.Tests.Support;

namespace QContinuum.Attacks.Tests;

[Collection(nameof(Heavy))]
public sealed class Half_a_connection_is_let_go
{
    private const int Clients = 200;

    [Theory, EachServer]
    public async Task When_its_client_ended_in_mid_message(string server)
    {
        await using Siege siege = await Siege.BeginAsync(server);
        Client[] halves = [];
        await siege.EndureAsync(async () =>
        {
            halves = await siege.ConnectManyAsync(Clients);
            for (int i = 0; i < Clients; i++)
            {
                byte[] whole = Frames.Echo(i, 500);
                await halves[i].SendAsync((byte[])[.. whole, .. whole[..(1 + (i * 5 / 2))]]);
                halves[i].Socket.Shutdown(SocketShutdown.Send);

                // What was whole is answered, what was not is dropped, and then there is nothing more to wait for.
                Assert.Equal(whole, await halves[i].ReceiveToEndAsync());
            }
        });

        // The clients still have their sockets.
        await siege.ExpectNobodyLeftAsync();
        siege.ExpectQuiet();
        Array.ForEach(halves, static client => client.Dispose());
        await siege.EndAsync();
    }

    [Theory, EachServer]
    public async Task When_its_client_never_answers_a_FIN(string server)
    {
        await using Siege siege = await Siege.BeginAsync(server);
        Client[] deaf = [];
        await siege.EndureAsync(async () =>
        {
            deaf = await siege.ConnectManyAsync(Clients);
            foreach (Client client in deaf)
            {
                await client.SendAsync(Frames.Header(-1));
                Assert.Empty(await client.ReceiveToEndAsync());
            }
        });

        siege.ExpectQuiet();
        await siege.ExpectNobodyLeftAsync();
        Array.ForEach(deaf, static client => client.Dispose());
        await siege.EndAsync();
    }

    /// <summary>They have much to come, end their own half, and read nothing of it.</summary>
    [Theory, EachServer]
    public async Task When_its_client_ended_and_then_resets(string server)
    {
        await using Siege siege = await Siege.BeginAsync(server);
        Client[] halves = [];
        await siege.EndureAsync(async () =>
        {
            halves = await siege.ConnectManyAsync(20, receiveBuffer: 4096);
            byte[] much = [.. Enumerable.Range(0, 100).SelectMany(static i => Frames.Echo(i, 60_000))];
            foreach (Client client in halves)
            {
                while (client.TrySend(much) > 0)
                {
                }

                client.Socket.Shutdown(SocketShutdown.Send);
            }
        });

        siege.ExpectQuiet();
        Array.ForEach(halves, static client => client.Reset());
        await siege.ExpectNobodyLeftAsync();
        await siege.EndAsync();
    }
}
