using System.IO.Pipes;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There an event was known by the bare number of its descriptor, which by then could be another peer's.</summary>
public sealed class An_event_of_a_closed_handle_reaches_nobody
{
    /// <summary>Two are ready when the loop looks. The first that is served gives up the other, and a third one takes its place.</summary>
    [OnLinux]
    public async Task Nor_him_who_has_its_place()
    {
        using AnonymousPipeServerStream left = Ready();
        using AnonymousPipeServerStream right = Ready();
        using AnonymousPipeServerStream quiet = new(PipeDirection.In);
        EventLoop<EpollPoller> loop = new(new EpollPoller(), 0, TimeProvider.System);
        Journal<string> seen = new();
        bool hasItsPlace = false;
        loop.Start();
        try
        {
            await OnLoopAsync(loop, () =>
            {
                Watched[] both = [new(loop), new(loop)];
                both[0].Ready = () => Serve(0, left, right);
                both[1].Ready = () => Serve(1, right, left);
                Assert.True(loop.TryAdd(both[0], HandleOf(left), Readiness.Readable, out _));
                Assert.True(loop.TryAdd(both[1], HandleOf(right), Readiness.Readable, out _));

                void Serve(int which, AnonymousPipeServerStream own, AnonymousPipeServerStream other)
                {
                    seen.Add("one of two");
                    ulong key = both[1 - which].Key;
                    loop.Remove(both[1 - which], HandleOf(other));
                    Watched third = new(loop) { Ready = () => seen.Add("the third") };
                    Assert.True(loop.TryAdd(third, HandleOf(quiet), Readiness.Readable, out _));
                    hasItsPlace = (uint)key == (uint)third.Key && key != third.Key;
                    loop.Remove(both[which], HandleOf(own));
                }
            });

            Assert.Equal("one of two", await seen.NextAsync());
            await OnLoopAsync(loop, static () => { });
            Assert.Single(seen.All);
            Assert.True(hasItsPlace);
        }
        finally
        {
            loop.Stop();
        }
    }

    /// <summary>A pipe with a byte in it.</summary>
    private static AnonymousPipeServerStream Ready()
    {
        AnonymousPipeServerStream reader = new(PipeDirection.In);
        using AnonymousPipeClientStream writer = new(PipeDirection.Out, reader.ClientSafePipeHandle);
        writer.WriteByte(1);
        return reader;
    }

    private static nint HandleOf(AnonymousPipeServerStream pipe) => pipe.SafePipeHandle.DangerousGetHandle();

    private static Task OnLoopAsync(EventLoop loop, Action action)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(
            _ =>
            {
                action();
                done.SetResult();
            },
            null);
        return done.Task.Guarded();
    }

    private sealed class Watched(EventLoop loop) : Pollable(loop)
    {
        public Action Ready { get; set; } = static () => { };

        internal override void OnReady(Readiness readiness) => Ready();

        internal override void OnDue()
        {
        }

        internal override void OnScheduled()
        {
        }

        internal override void OnLoopStopped()
        {
        }
    }
}
