using System.Net;
using QContinuum.Protocol;

namespace QContinuum.Simulation.Tests.World;

/// <summary>Does what each message asks, and notes it. Its receive loop is what the generator would write.</summary>
internal sealed class ObedientProcessor(string name, Journal journal, Later later) : Processor
{
    /// <summary>Where peers go that ask to be moved.</summary>
    internal Processor? Other { get; set; }

    protected override Threading DispatchThreading => Threading.Inline;

    protected override HeaderCodec DispatchHeader => MessageHeader.Codec;

    protected override void DispatchOpened(Peer peer) => journal.Note(PortOf(peer), new Entry(name));

    protected override void DispatchClosed(Peer peer, CloseReason reason) => journal.Note(PortOf(peer), new Entry(name, Closed: reason));

    protected override int DispatchReceived(Peer peer, ReadOnlyMemory<byte> received)
    {
        int consumed = 0;
        MessageHeader header;
        FrameExtent extent;
        FrameStatus status;
        while ((status = MessageHeader.TryReadFrame(received.Span[consumed..], peer.MaxMessageSize, out header, out extent)) == FrameStatus.Complete)
        {
            ReadOnlySpan<byte> body = received.Span.Slice(consumed + extent.BodyStart, extent.BodyLength);
            consumed += extent.Length;
            try
            {
                Dispatch.Await(peer, Handle(peer, Message.Read(body)));
            }
            catch (InvalidOperationException exception)
            {
                Dispatch.Threw(peer, header.Id, exception);
            }

            if (Dispatch.IsInterrupted(peer))
            {
                return consumed;
            }
        }

        return Dispatch.Stop(peer, status, in header, extent, consumed);
    }

    private static int PortOf(Peer peer) => ((IPEndPoint)peer.RemoteEndPoint).Port;

    private ValueTask Handle(Peer peer, (Request Request, int Number) message)
    {
        journal.Note(PortOf(peer), new Entry(name, message.Number));
        byte[] answer = Message.Answer(message.Number);
        switch (message.Request)
        {
            case Request.Answer:
                peer.SendFramed(answer);
                break;
            case Request.AnswerOften:
                for (int i = 0; i < Message.Often; i++)
                {
                    peer.SendFramed(answer);
                }

                break;
            case Request.AnswerLater:
                return AnswerLaterAsync(peer, answer);
            case Request.MoveAndAnswer:
                if (peer.Redirect(Other!))
                {
                    journal.NoteMove(PortOf(peer), message.Number);
                }

                peer.SendFramed(answer);
                break;
            case Request.AnswerAndClose:
                peer.SendFramed(answer);
                peer.Close();
                break;
            case Request.Throw:
                throw new InvalidOperationException("It was asked to.");
        }

        return default;
    }

    private async ValueTask AnswerLaterAsync(Peer peer, byte[] answer)
    {
#pragma warning disable CA2007 // Back on the lane, as a handler of the generator's.
        await later.WaitAsync();
#pragma warning restore CA2007
        peer.SendFramed(answer);
    }
}
