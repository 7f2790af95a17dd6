using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Framing;

public sealed class A_stream_cut_anywhere_gives_the_same_messages
{
    private static readonly byte[] Stream = Frames.Join(
        Frames.Move(7, 1.5f, 2.5f), Frames.Blob(9, 1, 2, 3), Frames.Raw(), Frames.Chat("hi"), Frames.Ask(-2));

    /// <summary>Every pair of cuts, and with it every single one. Each piece is read by the server before the next is sent.</summary>
    [Theory, EachLine]
    public async Task In_three_pieces(Transport transport, Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new Script().Run(threading));
        using RawClient client = await server.ConnectAsync();

        for (int first = 1; first < Stream.Length; first++)
        {
            for (int second = first; second < Stream.Length; second++)
            {
                await client.SendAsync(Stream.AsMemory(0, first));
                await server.SettleAsync();

                if (second > first)
                {
                    await client.SendAsync(Stream.AsMemory(first, second - first));
                    await server.SettleAsync();
                }

                await client.SendAsync(Stream.AsMemory(second));
                byte[] answers = await client.ReceiveAsync(Stream.Length);
                Assert.True(answers.AsSpan().SequenceEqual(Stream), $"cut at {first} and {second}: {Convert.ToHexString(answers)}");
            }
        }
    }

    [Theory, EachLine]
    public async Task One_byte_at_a_time(Transport transport, Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new Script().Run(threading));
        using RawClient client = await server.ConnectAsync();

        for (int i = 0; i < Stream.Length; i++)
        {
            await client.SendAsync(Stream.AsMemory(i, 1));
            await server.SettleAsync();
        }

        Assert.Equal(Stream, await client.ReceiveAsync(Stream.Length));
    }

    [Theory, EachLine]
    public async Task All_at_once_and_many_times_over(Transport transport, Threading threading)
    {
        byte[] stream = Frames.Join(Enumerable.Repeat(Stream, 1000));
        await using TestServer server = await TestServer.StartAsync(transport, new Script().Run(threading));
        using RawClient client = await server.ConnectAsync();

        Task sending = client.SendAsync(stream);
        Assert.Equal(stream, await client.ReceiveAsync(stream.Length));
        await sending;
    }
}
