using System.Net;
using QContinuum.Loops;
using QContinuum.Protocol;

namespace QContinuum.Simulation.Tests.World;

/// <summary>What handlers meet outside of their processor.</summary>
/// <param name="Journal">They note everything.</param>
/// <param name="Later">They wait for it.</param>
/// <param name="Room">They wait for it.</param>
/// <param name="Group">They tell it.</param>
/// <param name="Manner">How they open and close.</param>
/// <param name="Fail">Is told what no handler may see.</param>
internal sealed record Surroundings(Journal Journal, Later Later, Room Room, Group Group, Manner Manner, Action<string> Fail);

/// <summary>How peers open and close.</summary>
/// <param name="IsSlow">The handlers of both are asynchronous.</param>
/// <param name="JoinsGroup">Who opens joins the group.</param>
/// <param name="Throws">Every so many opened peers the handler throws; 0 for never.</param>
internal readonly record struct Manner(bool IsSlow, bool JoinsGroup, int Throws);

/// <summary>Does what each message asks, and notes it. Its receive loop is what the generator would write.</summary>
internal sealed class ObedientProcessor(string name, int source, Threading threading, Surroundings world) : Processor
{
    private int _told;

    /// <summary>Where peers go that ask to be moved.</summary>
    internal Processor? Other { get; set; }

    internal string Name => name;

    internal Threading Threading => threading;

    protected override Threading DispatchThreading => threading;

    protected override HeaderCodec DispatchHeader => Framing.CodecOf<Envelope>();

    protected override void DispatchOpened(Peer peer)
    {
        int port = PortOf(peer);
        Note(peer, new Entry(name));
        if (world.Manner.JoinsGroup)
        {
            world.Group.Add(peer);
        }

        if (world.Manner.Throws > 0 && port % world.Manner.Throws == 0)
        {
            world.Journal.Of(port).HasThrownAtOpening = true;
            throw new InvalidOperationException("It was to throw at the opening.");
        }

        if (world.Manner.IsSlow)
        {
            Dispatch.Await(peer, RunAsync(peer, "Opened", () => world.Later.WaitAsync()));
        }
    }

    protected override void DispatchClosed(Peer peer, CloseReason reason)
    {
        Note(peer, new Entry(name, Closed: reason));
        if (world.Manner.IsSlow)
        {
            Dispatch.Await(peer, RunAsync(peer, "Closed", () => world.Later.WaitAsync()));
        }
        else if (world.Manner.Throws > 0)
        {
            throw new InvalidOperationException("It was to throw at the end.");
        }
    }

    protected override int DispatchReceived(Peer peer, ReadOnlyMemory<byte> received)
    {
        int consumed = 0;
        Envelope header;
        FrameExtent extent;
        FrameStatus status;
        while ((status = Framing.TryReadFrame(received.Span[consumed..], peer.MaxMessageSize, out header, out extent)) == FrameStatus.Complete)
        {
            ReadOnlyMemory<byte> frame = received.Slice(consumed, extent.Length);
            consumed += extent.Length;
            if (Dispatch.AwaitsReplies(peer) && Dispatch.TryComplete(peer, in header, frame))
            {
                continue;
            }

            if (header.Id == Message.AskId)
            {
                try
                {
                    ReadOnlySpan<byte> body = frame.Span.Slice(extent.BodyStart, extent.BodyLength);
                    Dispatch.Await(peer, Handle(peer, in header, Message.Read(body)));
                }
                catch (InvalidOperationException exception)
                {
                    Dispatch.Threw(peer, header.Id, exception);
                }
            }

            if (Dispatch.IsInterrupted(peer))
            {
                return consumed;
            }
        }

        return Dispatch.Stop(peer, status, in header, extent, consumed);
    }

    protected override int DispatchReplies(Peer peer, ReadOnlyMemory<byte> waiting)
    {
        int seen = 0;
        while (Framing.TryReadFrame(waiting.Span[seen..], peer.MaxMessageSize, out Envelope header, out FrameExtent extent) == FrameStatus.Complete)
        {
            Dispatch.TryComplete(peer, in header, waiting.Slice(seen, extent.Length));
            seen += extent.Length;
        }

        return seen;
    }

    private static int PortOf(Peer peer) => ((IPEndPoint)peer.RemoteEndPoint).Port;

    private void Note(Peer peer, Entry entry)
    {
        Look(peer, entry.ToString());
        world.Journal.Note(peer, PortOf(peer), entry);
    }

    /// <summary>Whether this is the thread that it should be.</summary>
    private void Look(Peer peer, string what)
    {
        if (threading == Threading.Queued ? Lane.Current != Pump : Lane.Current is not EventLoop)
        {
            world.Fail($"{what} of client {PortOf(peer)} is not on the lane of {name}");
        }
    }

    private ValueTask Handle(Peer peer, in Envelope header, (Request Request, int Number) message)
    {
        Note(peer, new Entry(name, message.Number));
        byte[] answer = Message.Answer(message.Number);
        switch (message.Request)
        {
            case Request.AnswerOften:
                for (int i = 0; i < Message.Often; i++)
                {
                    peer.SendFramed(answer);
                }

                return default;
            case Request.AnswerLater:
                return RunAsync(peer, "a handler", async () =>
                {
                    await world.Later.WaitAsync();
                    peer.SendFramed(answer);
                });
            case Request.AnswerAsThereIsRoom:
                return RunAsync(peer, "a handler that waits for room", () => SendOftenAsync(peer, message.Number), waitsForClient: true);
            case Request.AskAndAnswer:
                return RunAsync(peer, "a handler that waits for a reply", () => AskAsync(peer, message.Number, answer), waitsForClient: true);
            case Request.Throw:
                throw new InvalidOperationException("It was asked to.");
            case Request.Forward:
                // The length that the header claims is the message's, not the answer's.
                peer.Forward(header with { Id = Message.AnswerId }, answer.AsSpan(Message.HeaderSize));
                return default;
            case Request.MoveAndAnswer when peer.Redirect(Other!):
                world.Journal.Of(PortOf(peer)).Moves.Add(message.Number);
                break;
            case Request.TellAndAnswer:
                Stranger.Tell(world.Group, source, _told++, message.Number, world.Journal);
                break;
        }

        peer.SendFramed(answer);
        if (message.Request == Request.AnswerAndClose)
        {
            peer.Close();
        }

        return default;
    }

#pragma warning disable CA2007 // Back on the lane, as a handler of the generator's.
    private async ValueTask RunAsync(Peer peer, string what, Func<Task> handler, bool waitsForClient = false)
    {
        world.Journal.Begin(PortOf(peer), what, waitsForClient);
        await handler();
        Look(peer, $"The end of {what}");
        world.Journal.End(PortOf(peer));
    }

    private async Task SendOftenAsync(Peer peer, int number)
    {
        for (int i = 0; i < Message.Often; i++)
        {
            await world.Room.WaitAsync(peer, peer.SendAsync(new Answer(number, new byte[Message.PaddingOf(number)])));
        }
    }

    private async Task AskAsync(Peer peer, int number, byte[] answer)
    {
        try
        {
            Confirmation confirmed = await peer.RequestAsync(new Question(number));
            if (confirmed.Number != number)
            {
                world.Fail($"client {PortOf(peer)} confirms {confirmed.Number}, and was asked {number}");
            }

            world.Journal.Of(PortOf(peer)).Confirmed.Add(number);
            peer.SendFramed(answer);
        }
        catch (Exception exception) when (exception is PeerClosedException or TimeoutException)
        {
            // It cannot answer, or does not.
        }
    }
#pragma warning restore CA2007
}
