using System.Net.WebSockets;
using QContinuum.Protocol;

namespace QContinuum.Runtime.Tests.Transports;

/// <summary>Makes a WebSocket one more client of a listener in memory. Each frame is one binary message, as in the Go library.</summary>
public static class WebSocketBridge
{
    /// <summary>How long the other side may take to answer the end of the peer with its own.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Completes when both sides have ended: in order, or by a reset of the one where the other broke off.</summary>
    public static async Task RunAsync(WebSocket socket, MemoryListener listener, CancellationToken cancellationToken)
    {
        await using MemoryClientStream peer = listener.OpenStream();
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(
            EndingBoth(ToPeerAsync(socket, peer, over.Token)),
            EndingBoth(ToSocketAsync(socket, peer, over)));

        async Task EndingBoth(Task direction)
        {
            try
            {
                await direction;
            }
            catch (Exception exception) when (exception is IOException or WebSocketException or OperationCanceledException or ObjectDisposedException)
            {
                peer.Reset();
                socket.Abort();
                await over.CancelAsync();
            }
        }
    }

    /// <summary>However the frames are spread over messages, the server finds them: it reads a stream.</summary>
    private static async Task ToPeerAsync(WebSocket socket, MemoryClientStream peer, CancellationToken cancellationToken)
    {
        byte[] piece = new byte[4096];
        while (await socket.ReceiveAsync(piece.AsMemory(), cancellationToken) is { MessageType: not WebSocketMessageType.Close } received)
        {
            if (received.MessageType != WebSocketMessageType.Binary)
            {
                throw new WebSocketException(WebSocketError.InvalidMessageType);
            }

            await peer.WriteAsync(piece.AsMemory(0, received.Count), cancellationToken);
        }

        peer.CompleteWriting();
    }

    /// <summary>A long frame is one message in several pieces, and never kept whole.</summary>
    private static async Task ToSocketAsync(WebSocket socket, MemoryClientStream peer, CancellationTokenSource over)
    {
        byte[] bytes = new byte[4096];
        int there = 0;
        int left = 0;
        while (await peer.ReadAsync(bytes.AsMemory(there), over.Token) is > 0 and int read)
        {
            there += read;
            int sent = 0;
            while (there - sent >= (left > 0 ? 1 : MessageHeader.Size))
            {
                if (left == 0)
                {
                    FrameStatus status = MessageHeader.TryReadFrame(bytes.AsSpan(sent, there - sent), int.MaxValue, out _, out FrameExtent frame);
                    left = status is FrameStatus.Complete or FrameStatus.Incomplete
                        ? frame.Length
                        : throw new IOException($"What the server sent is no frame: {status}.");
                }

                int count = Math.Min(left, there - sent);
                left -= count;
                await socket.SendAsync(bytes.AsMemory(sent, count), WebSocketMessageType.Binary, endOfMessage: left == 0, over.Token);
                sent += count;
            }

            bytes.AsSpan(sent, there - sent).CopyTo(bytes);
            there -= sent;
        }

        over.CancelAfter(Patience);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, over.Token);
    }
}
