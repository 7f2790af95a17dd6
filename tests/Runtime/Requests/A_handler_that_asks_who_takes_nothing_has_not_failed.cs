using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

/// <summary>A client says something and goes. A handler of what it said asks it something: it hears that the peer has gone, and that is no fault of the handler.</summary>
public sealed class A_handler_that_asks_who_takes_nothing_has_not_failed
{
    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.TcpOnKqueue)]
    [InlineData(Transport.Unix)]
    [InlineData(Transport.Memory)]
    public async Task And_what_follows_is_handled(Transport transport)
    {
        TaskCompletionSource isFirst = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim isGone = new();
        Exception? met = null;
        CallScript script = new()
        {
            OnErrand = async (peer, errand) =>
            {
                if (errand.Number == 0)
                {
                    isFirst.SetResult();
                    isGone.Wait(Guard.Patience);
                    peer.Send(new Note(7));
                    return;
                }

                try
                {
                    await peer.RequestAsync(new Question(1));
                }
                catch (Exception exception)
                {
                    met = exception;
                    throw;
                }
            },
        };
        await using CallLine line = await CallLine.OpenAsync(transport, script, Threading.Inline);
        await line.SendAsync(CallFrames.Errand(0));
        await isFirst.Task.Guarded();
        await line.SendAsync(CallFrames.Errand(1), CallFrames.Note(2));

        line.Client.Reset();

        isGone.Set();
        CloseReason reason = await script.Closings.NextAsync();
        CloseReason expected = transport == Transport.Unix ? CloseReason.Remote : CloseReason.Reset;
        Assert.Equal((expected, "note 2", ""), (reason, string.Join(", ", script.Handled.All), string.Join('\n', line.Server.Log.All)));
        Assert.NotEqual(CloseReason.None, Assert.IsType<PeerClosedException>(met).Reason);
    }
}
