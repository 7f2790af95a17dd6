using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Pulling;

public sealed class What_comes_between_two_calls_is_not_lost
{
    private const int Piece = 2_000;
    private const int Pieces = 5;

    /// <summary>A call is given up before anything is there, and what it waited for comes before the next one.</summary>
    [Theory, EachTransport]
    public async Task Of_a_body(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader> { StreamOver = 1_000 });
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        byte[] body = Frames.Pattern(Piece * Pieces, seed: 1);
        await client.SendAsync(Frames.Header(body.Length, 5));

        using MemoryStream read = new();
        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            for (int piece = 0; piece < Pieces; piece++)
            {
                await GiveUpAsync(frame);
                await client.SendAsync(body.AsMemory(piece * Piece, Piece));
                await Guard.UntilAsync(() => peer.Reader!.Held > 0);
                while (read.Length < (piece + 1) * Piece)
                {
                    read.Write((await frame.ReadBodyAsync().Guarded()).Span);
                }
            }

            Assert.True((await frame.ReadBodyAsync().Guarded()).IsEmpty);
            break;
        }

        Assert.Equal(body, read.ToArray());
        client.Dispose();
        await peer.DisposeAsync();
    }

    /// <summary>What came of the body is not read any more; what is behind it is.</summary>
    [Theory, EachTransport]
    public async Task Behind_a_body_that_is_left(Transport transport)
    {
        await using TestServer server = await TestServer.StartAsync(transport, new PullProcessor<MessageHeader> { StreamOver = 1_000 });
        (RawClient client, Peer peer) = await PullLine.ConnectAsync(server);
        await client.SendAsync(Frames.Header(Piece * Pieces, 5));

        List<int> read = [];
        await foreach (ReceivedFrame frame in peer.ReadAllAsync())
        {
            read.Add(frame.BodyLength);
            if (frame.IsStreamed)
            {
                await GiveUpAsync(frame);
                await client.SendAsync(new byte[Piece * Pieces]);
                await Guard.UntilAsync(() => peer.Reader!.Held > 0);
                await client.SendAsync(Frames.Join(Frames.Raw(7), Frames.Raw(7, 8)));
                client.FinishSending();
            }
        }

        Assert.Equal([Piece * Pieces, 1, 2], read);
        client.Dispose();
        await peer.DisposeAsync();
    }

    private static async Task GiveUpAsync(ReceivedFrame frame)
    {
        using CancellationTokenSource patience = new();
        Task<ReadOnlyMemory<byte>> waiting = frame.ReadBodyAsync(patience.Token).AsTask();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Guarded());
    }
}
