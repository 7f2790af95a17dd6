using System.Diagnostics;
using QContinuum.Attacks.Tests.Support;

namespace QContinuum.Soak.Tests.Load;

/// <summary>A peer that means well: it connects, talks for a while, and leaves in one of the ways in which peers leave.</summary>
internal sealed class Talker(LoadProcess load, Random random)
{
    /// <summary>Bursts in a life.</summary>
    private const int MostTurns = 9;

    /// <summary>Who had no processor for so long may be taken for one that says nothing: half of the server's shortest deadline.</summary>
    private static readonly TimeSpan MostDelay = TimeSpan.FromSeconds(5);

    /// <summary>Beyond it an answer is lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task LiveAsync()
    {
        long began = Stopwatch.GetTimestamp();
        using Wire wire = await load.ConnectAsync().WaitAsync(Patience);
        if (Stopwatch.GetElapsedTime(began) > MostDelay)
        {
            return;
        }

        for (int turns = random.Next(1, MostTurns + 1); turns > 0 && !load.Over.IsCancellationRequested; turns--)
        {
            await TalkAsync(wire).WaitAsync(Patience);
            await load.PauseAsync(load.Pause * (2 * random.NextDouble()));
        }

        await LeaveAsync(wire).WaitAsync(Patience);
    }

    private async Task TalkAsync(Wire wire)
    {
        Burst burst = Burst.Draw(random);
        Task sent = wire.SendAsync(burst.Bytes);
        await wire.ExpectAsync(burst.Bytes);
        await sent;
        load.Counters.Answered(burst.Count);
    }

    private Task LeaveAsync(Wire wire) => random.Next(6) switch
    {
        0 => Task.CompletedTask,
        1 => LeaveInMidMessageAsync(wire),
        2 => FinishAsync(wire, midMessage: false),
        3 => FinishAsync(wire, midMessage: true),
        4 => ResetAsync(wire),
        _ => load.PauseAsync(2 * load.Pause),
    };

    /// <summary>Ends its own half first: it gets the answer to every whole message, and then the end.</summary>
    private async Task FinishAsync(Wire wire, bool midMessage)
    {
        Burst whole = Burst.Draw(random);
        Burst begun = Burst.Draw(random);
        Task sent = SendAsync();
        await wire.ExpectAsync(whole.Bytes);
        await sent;
        await wire.ExpectEndAsync();
        load.Counters.Answered(whole.Count);

        async Task SendAsync()
        {
            await wire.SendAsync(whole.Bytes);
            if (midMessage)
            {
                await wire.SendAsync(begun.Bytes.AsMemory(0, random.Next(1, Frames.HeaderSize)));
            }

            wire.FinishSending();
        }
    }

    private async Task LeaveInMidMessageAsync(Wire wire)
    {
        Burst begun = Burst.Draw(random);
        await wire.SendAsync(begun.Bytes.AsMemory(0, random.Next(1, begun.Bytes.Length)));
    }

    /// <summary>Resets while the answer is on its way.</summary>
    private async Task ResetAsync(Wire wire)
    {
        Burst burst = Burst.Draw(random);
        Task sent = wire.SendAsync(burst.Bytes);
        wire.Reset();
        await Task.WhenAny(sent, load.PauseAsync(load.Pause));
    }
}
