using System.Net.Sockets;
using QContinuum.Attacks.Tests.Support;

namespace QContinuum.Soak.Tests.Load;

/// <summary>A peer that means harm, another one each time.</summary>
internal sealed class Attacker(LoadProcess load, Random random)
{
    private const int StormConnects = 20;
    private const int SmallBuffers = 16 * 1024;
    private static readonly TimeSpan MostStay = TimeSpan.FromSeconds(40);

    /// <summary>Bytes of a body.</summary>
    private const int MostAsked = 1000;

    private const int AskedTogether = 50;
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostPause = TimeSpan.FromSeconds(2);

    /// <summary>No deadline of the server's is longer than half of it: beyond it the server has forgotten somebody.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task LiveAsync()
    {
        load.Counters.Attacked();
        await (random.Next(7) switch
        {
            0 => ThrowGarbageAsync(),
            1 => ClaimTooMuchAsync(),
            2 => ClaimAsync(),
            3 => CrawlAsync(),
            4 => AskAndNeverReadAsync(),
            5 => SayNothingAsync(),
            _ => StormAsync(),
        });
        await load.PauseAsync(MostPause * random.NextDouble());
    }

    /// <summary>Bytes alone, or good messages of which one byte is not what it was.</summary>
    private async Task ThrowGarbageAsync()
    {
        byte[] bytes = Burst.Draw(random).Bytes;
        if (random.Next(2) == 0)
        {
            random.NextBytes(bytes);
        }
        else
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        using Wire wire = await load.ConnectAsync();
        Task sent = wire.SendAsync(bytes);
        await Task.WhenAny(wire.EndedAsync(load.Over), load.PauseAsync(MostPause * random.NextDouble()));
    }

    /// <summary>More than a message may have, or less than nothing: the server closes it.</summary>
    private async Task ClaimTooMuchAsync()
    {
        using Wire wire = await load.ConnectAsync();
        int length = random.Next(2) == 0 ? random.Next(int.MinValue, 0) : random.Next(Frames.LongestBody + 1, int.MaxValue);
        await wire.SendAsync(Frames.Claim(length, random.Next(1000)));
        await wire.EndedAsync(load.Over).WaitAsync(Patience);
    }

    /// <summary>The longest message, of which little comes: the server closes it in time.</summary>
    private async Task ClaimAsync()
    {
        using Wire wire = await ConnectAsync();
        await wire.SendAsync(Frames.Claim(Frames.LongestBody, random.Next(5000)));
        await StayAsync(wire);
    }

    /// <summary>A message byte by byte, a byte a second: the server closes it in time.</summary>
    private async Task CrawlAsync()
    {
        using Wire wire = await ConnectAsync();
        Task stayed = StayAsync(wire);
        Task crawled = CrawlAsync(wire, stayed);
        await stayed;
        await crawled;
    }

    private async Task CrawlAsync(Wire wire, Task stayed)
    {
        byte[] claim = Frames.Claim(Frames.LongestBody, 1000);
        for (int i = 0; !stayed.IsCompleted && !load.Over.IsCancellationRequested && wire.TrySend(claim.AsSpan(i, 1)) > 0; i++)
        {
            await load.PauseAsync(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>As much as the server and the kernel take.</summary>
    private async Task AskAndNeverReadAsync()
    {
        byte[] messages = [.. Enumerable.Repeat(Burst.Draw(random, MostAsked).Bytes, AskedTogether).SelectMany(static bytes => bytes)];
        using Wire wire = await load.ConnectAsync(SmallBuffers);
        long sent = 0;
        for (TimeSpan stay = MostStay * random.NextDouble(); stay > TimeSpan.Zero; stay -= AskEvery)
        {
            while (wire.TrySend(messages.AsSpan((int)(sent % messages.Length))) is > 0 and var more)
            {
                sent += more;
            }

            await load.PauseAsync(AskEvery);
        }

        wire.Reset();
    }

    /// <summary>Comes and says nothing: the server closes it in time.</summary>
    private async Task SayNothingAsync()
    {
        using Wire wire = await load.ConnectAsync();
        await StayAsync(wire);
    }

    /// <summary>Many at once, that leave at once.</summary>
    private async Task StormAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, StormConnects).Select(async i =>
        {
            load.Counters.Attacked();
            using Wire wire = await load.ConnectAsync();
            if (i % 2 == 0)
            {
                wire.Reset();
            }
        }));
    }

    /// <summary>Half of them send something good first: for what follows it they have longer.</summary>
    private async Task<Wire> ConnectAsync()
    {
        Wire wire = await load.ConnectAsync();
        if (random.Next(2) == 0)
        {
            await wire.SendAsync(Burst.Draw(random, MostAsked).Bytes);
        }

        return wire;
    }

    /// <summary>Half of them leave by themselves, the others wait for the server to close them.</summary>
    private Task StayAsync(Wire wire)
    {
        Task ended = wire.EndedAsync(load.Over);
        return random.Next(2) == 0 ? Task.WhenAny(ended, load.PauseAsync(MostStay * random.NextDouble())) : ended.WaitAsync(Patience);
    }
}
