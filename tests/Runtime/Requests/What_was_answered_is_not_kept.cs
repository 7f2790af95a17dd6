using System.Runtime.CompilerServices;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Requests;

public sealed class What_was_answered_is_not_kept
{
    private const int Requests = 1000;

    /// <summary>What may be kept all the same: a small multiple of those that wait.</summary>
    private const int Few = 100;

    /// <summary>Not until its time-out would have come, although an older request still waits.</summary>
    [Theory, EachLine]
    public async Task Until_its_timeout(Transport transport, Threading threading)
    {
        var script = new CallScript();
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading, new PeerOptions { RequestTimeout = TimeSpan.FromDays(1) });
        Task<Answer> waiting = line.Peer.RequestAsync(new Question(-1)).AsTask();
        byte call = (await line.ReceiveAsync())[3];

        var answered = new List<WeakReference>(Requests);
        for (int i = 0; i < Requests; i++)
        {
            answered.Add(await AskAsync(line));
        }

        Assert.InRange(Alive(answered), 0, Few);
        await line.SendAsync(CallFrames.Answer(call, 5));
        Assert.Equal(new Answer(5), await waiting.Guarded());
    }

    /// <summary>Nor by a token that lives longer, although the reply is there while its request is still being sent.</summary>
    [Theory, EachLine]
    public async Task By_its_token(Transport transport, Threading threading)
    {
        var script = new CallScript { OnOther = static _ => { } };
        await using CallLine line = await CallLine.OpenAsync(transport, script, threading, new PeerOptions { RequestTimeout = Timeout.InfiniteTimeSpan });
        using var longLived = new CancellationTokenSource();
        using var done = new CancellationTokenSource();
        Task answering = AnswerUnaskedAsync(line, done.Token);
        Task<byte[]> reading = line.Client.ReceiveAsync(Requests * CallFrames.Question(0, 0).Length);
        var answered = new List<WeakReference>(Requests);
        for (int i = 0; i < Requests; i++)
        {
            answered.Add(await AskAsync(line, i, longLived.Token));
        }

        await reading;
        await done.CancelAsync();
        await answering;
        Assert.InRange(Alive(answered), 0, 2);
        Assert.False(longLived.IsCancellationRequested);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> AskAsync(CallLine line)
    {
        Task<Answer> request = line.Peer.RequestAsync(new Question(1)).AsTask();
        await line.SendAsync(CallFrames.Answer((await line.ReceiveAsync())[3], 2));
        Assert.Equal(new Answer(2), await request.Guarded());
        return new WeakReference(request);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> AskAsync(CallLine line, int number, CancellationToken cancellationToken)
    {
        Task<Answer> request = line.Peer.RequestAsync(new Question(number), cancellationToken).AsTask();
        await request.Guarded();
        return new WeakReference(request);
    }

    /// <summary>Replies to whatever may be asked, all the time, so that some are there before their request has been sent.</summary>
    private static async Task AnswerUnaskedAsync(CallLine line, CancellationToken done)
    {
        byte[] all = Frames.Join(Enumerable.Range(1, byte.MaxValue).Select(call => CallFrames.Answer((byte)call, call)));
        while (!done.IsCancellationRequested)
        {
            await line.Client.SendAsync(all);
        }
    }

    private static int Alive(List<WeakReference> all)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return all.Count(static one => one.IsAlive);
    }
}
