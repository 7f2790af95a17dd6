using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Redirect;

public sealed class The_next_may_speak_another_header
{
    /// <summary>What was received with the message that redirects is framed anew.</summary>
    [Theory, EachLine]
    public async Task From_the_next_byte_on(Transport transport, Threading threading)
    {
        foreach (Threading other in new[] { Threading.Queued, Threading.Inline })
        {
            CallScript calls = new();
            Processor next = calls.Run(other);
            Script script = new() { OnMove = (peer, _) => peer.Redirect(next) };
            await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
            using RawClient client = await server.ConnectAsync();

            await client.SendAsync(Frames.Join(Frames.Raw(1, 2), Frames.Move(1, 0, 0), CallFrames.Note(5), CallFrames.Note(6)));

            Assert.Equal(Frames.Raw(1, 2), await client.ReceiveAsync(Frames.HeaderSize + 2));
            Assert.Equal(["note 5", "note 6"], await calls.Handled.NextAsync(2));
            Assert.Equal(CloseReason.Redirected, (await script.Closings.NextAsync()).Reason);
            Peer peer = await calls.Peers.NextAsync();
            Assert.Same(script.Peers.All[0], peer);

            peer.Send(new Note(7));
            Assert.Equal(CallFrames.Note(7), await client.ReceiveAsync(CallFrames.HeaderSize + 4));
            client.FinishSending();
            Assert.Equal(CloseReason.Remote, await calls.Closings.NextAsync());
        }
    }

    /// <summary>A message of the next header that had begun under the old one is whole there.</summary>
    [Theory, EachLine]
    public async Task In_the_middle_of_its_first_message(Transport transport, Threading threading)
    {
        CallScript calls = new();
        Processor next = calls.Run(threading);
        Script script = new() { OnMove = (peer, _) => peer.Redirect(next) };
        await using TestServer server = await TestServer.StartAsync(transport, script.Run(threading));
        using RawClient client = await server.ConnectAsync();
        byte[] note = CallFrames.Note(5);

        await client.SendAsync(Frames.Join(Frames.Move(1, 0, 0), note[..3]));
        await calls.Peers.NextAsync();
        await client.SendAsync(note.AsMemory(3));

        Assert.Equal("note 5", await calls.Handled.NextAsync());
    }

    [Theory, EachLine]
    public async Task And_requests_of_the_old_one_fail(Transport transport, Threading threading)
    {
        Script script = new();
        Processor next = script.Run(threading);
        CallScript calls = new();
        await using CallLine line = await CallLine.OpenAsync(transport, calls, threading);
        Task<Answer> asked = line.Peer.RequestAsync(new Question(1)).AsTask();
        await line.ReceiveAsync();

        Assert.True(line.Peer.Redirect(next));

        Assert.Equal(CloseReason.Redirected, (await Assert.ThrowsAsync<PeerClosedException>(() => asked.Guarded())).Reason);
        await script.Peers.NextAsync();
        await line.Client.ExpectEchoAsync(Frames.Raw(1));
    }
}
