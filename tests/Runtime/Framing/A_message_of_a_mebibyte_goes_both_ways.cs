using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Framing;

public sealed class A_message_of_a_mebibyte_goes_both_ways
{
    private const int Mebibyte = 1024 * 1024;

    [Theory, EachLine]
    public async Task Between_a_server_and_a_bare_socket(Transport transport, Threading threading)
    {
        byte[] frame = Frames.Raw(Frames.Pattern(Mebibyte, seed: 1));
        await using TestServer server = await TestServer.StartAsync(transport, new Script().Run(threading));
        using RawClient client = await server.ConnectAsync();

        for (int i = 0; i < 3; i++)
        {
            Task sending = client.SendAsync(frame);
            byte[] answer = await client.ReceiveAsync(frame.Length);
            await sending;
            Assert.True(answer.AsSpan().SequenceEqual(frame));
        }
    }

    [Theory, EachLine]
    public async Task Between_a_server_and_a_client(Transport transport, Threading threading)
    {
        byte[] data = Frames.Pattern(Mebibyte, seed: 2);
        var answers = new Journal<bool>();
        var asking = new Script { OnRaw = (_, raw) => answers.Add(raw.Data.SequenceEqual(data)) };
        await using TestServer server = await TestServer.StartAsync(transport, new Script().Run(threading));
        await using Peer peer = await server.ConnectPeerAsync(asking.Run(threading)).Guarded();

        peer.Send(new Raw(data));
        peer.Send(new Raw(data));

        Assert.All(await answers.NextAsync(2), Assert.True);
    }

    [Theory, EachLine]
    public async Task Together_with_small_ones(Transport transport, Threading threading)
    {
        byte[] stream = Frames.Join(
            Frames.Move(1, 2, 3), Frames.Raw(Frames.Pattern(Mebibyte, seed: 3)), Frames.Ask(4), Frames.Blob(5, Frames.Pattern(100_000, seed: 6)), Frames.Chat("end"));
        await using TestServer server = await TestServer.StartAsync(transport, new Script().Run(threading));
        using RawClient client = await server.ConnectAsync();

        Task sending = client.SendAsync(stream);
        byte[] answers = await client.ReceiveAsync(stream.Length);
        await sending;

        Assert.True(answers.AsSpan().SequenceEqual(stream));
    }
}
