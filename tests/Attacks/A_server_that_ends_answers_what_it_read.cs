using System.Net.Sockets;
using QContinuum.Attacks.Tests.Support;

namespace QContinuum.Attacks.Tests;

[Collection(nameof(Heavy))]
public sealed class A_server_that_ends_answers_what_it_read
{
    private const int Clients = 16;
    private const int BodySize = 300;

    /// <summary>Each has so many requests under way: less than the watermark, so that the server reads all the time.</summary>
    private const int UnderWay = 200;

    [Theory, EachServer]
    public async Task With_whole_messages_and_a_FIN_in_the_midst_of_load(string server)
    {
        await using Siege siege = await Siege.BeginAsync(server);
        Client[] clients = await siege.ConnectManyAsync(Clients);
        using SemaphoreSlim loaded = new(0);
        Task<int>[] loads = [.. clients.Select(client => Task.Run(() => LoadAsync(client, loaded)))];
        for (int i = 0; i < Clients; i++)
        {
            Assert.True(await loaded.WaitAsync(TimeSpan.FromSeconds(60)), "a client is not served");
        }

        await siege.SignalAsync("TERM");

        Assert.All(await Task.WhenAll(loads).Guarded(), static answers => Assert.InRange(answers, 2 * UnderWay, int.MaxValue));
        await siege.EndedAsync();
        Array.ForEach(clients, static client => client.Dispose());
    }

    /// <summary>The kernel has passed everything to the server before it is told to end; what the clients have not taken waits there.</summary>
    [Theory, EachServer]
    public async Task All_of_it_also_to_those_who_read_late(string server)
    {
        const int Requests = 50;
        await using Siege siege = await Siege.BeginAsync(server);
        Client[] clients = await siege.ConnectManyAsync(Clients, receiveBuffer: 4096);
        byte[] requests = [.. Enumerable.Range(0, Requests).SelectMany(static i => Frames.Echo(i, 4000))];
        foreach (Client client in clients)
        {
            await client.SendAsync(requests);
        }

        await siege.ExpectAllReadAsync();
        await siege.SignalAsync("TERM");

        byte[][] answers = await Task.WhenAll(clients.Select(static client => EndAsync(client))).Guarded();
        Assert.All(answers, all => Assert.Equal(requests, all));
        await siege.EndedAsync();

        static async Task<byte[]> EndAsync(Client client)
        {
            using (client)
            {
                return await client.ReceiveToEndAsync();
            }
        }
    }

    /// <summary>Sends one request for each answer until the server ends the connection.</summary>
    /// <returns>The answers to it, each of them whole and in its order.</returns>
    private static async Task<int> LoadAsync(Client client, SemaphoreSlim loaded)
    {
        byte[] answer = new byte[Frames.HeaderSize + BodySize];
        int received = 0;
        for (int i = 0; i < UnderWay; i++)
        {
            await client.SendAsync(Frames.Echo(i, BodySize));
        }

        for (int answers = 0; ;)
        {
            int read = await client.Socket.ReceiveAsync(answer.AsMemory(received)).Guarded();
            if (read == 0)
            {
                Assert.Equal(0, received);
                client.Socket.Shutdown(SocketShutdown.Send);
                return answers;
            }

            received += read;
            if (received == answer.Length)
            {
                Assert.Equal(Frames.Echo(answers, BodySize), answer);
                received = 0;
                answers++;
                if (answers == 2 * UnderWay)
                {
                    loaded.Release();
                }

                await client.SendAsync(Frames.Echo(answers + UnderWay - 1, BodySize));
            }
        }
    }
}
