using System.Buffers;
using QContinuum;

namespace Victim;

/// <summary>Reads every peer by hand, and answers each message once it is whole.</summary>
internal static class Reading
{
    private const int StreamOver = 2000;

    /// <summary>Long bodies come in pieces.</summary>
    public static Processor InPieces { get; } = new PullProcessor<MessageHeader> { StreamOver = StreamOver, MaxStreamedBody = new PeerOptions().MaxMessageSize };

    /// <summary>The runtime keeps what has come of a message until that is whole.</summary>
    public static Processor Whole { get; } = new PullProcessor<MessageHeader>();

    public static async Task AcceptAllAsync(PeerServer server, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            _ = AnswerAllAsync(await server.AcceptAsync(cancellationToken));
        }
    }

    private static async Task AnswerAllAsync(Peer peer)
    {
        // A reader that goes away leaves a peer that may be read on: also one of whom it was told that nobody is there.
        await using (peer)
        {
            try
            {
                await foreach (ReceivedFrame frame in peer.ReadAllAsync())
                {
                    await AnswerAsync(peer, frame);
                }
            }
            catch (PeerClosedException)
            {
                // It broke the protocol, or its connection is gone.
            }
            catch (OperationCanceledException)
            {
                // It closed, or hung up, while an answer waited for room.
            }
        }
    }

    private static async Task AnswerAsync(Peer peer, ReceivedFrame frame)
    {
        if (!frame.IsStreamed)
        {
            await peer.SendAsync(new Bytes(frame.Body.Span), peer.Aborted);
            return;
        }

        // Memory that is used again: the garbage of every message would be taken for what peers make the server hold.
        byte[] body = ArrayPool<byte>.Shared.Rent(StreamOver);
        try
        {
            int length = 0;
            for (ReadOnlyMemory<byte> piece; !(piece = await frame.ReadBodyAsync()).IsEmpty; length += piece.Length)
            {
                body = WithRoom(body, length, piece.Length);
                piece.CopyTo(body.AsMemory(length));
            }

            await peer.SendAsync(new Bytes(body.AsSpan(0, length)), peer.Aborted);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    /// <summary>Memory grows with what arrives, whatever a header claims.</summary>
    private static byte[] WithRoom(byte[] body, int length, int more)
    {
        if (body.Length - length >= more)
        {
            return body;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * length, length + more));
        body.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(body);
        return larger;
    }
}
