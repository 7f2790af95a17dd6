using System.Runtime.CompilerServices;
using QContinuum.Buffers;
using QContinuum.Loops;
using QContinuum.Processors;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Scale;

/// <summary>A lane takes blocks, and gives some back; others give back the rest, and nothing else happens.</summary>
[Collection(nameof(Alone))]
public sealed class A_burst_is_not_kept_by_who_sleeps
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>What it keeps for the next burst.</summary>
    private const int Kept = (int)(Lane.KeepBytes / Mebibyte);

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task When_others_give_it_back(bool isLoop, bool sleepsAlready)
    {
        PollerWatch watch = new();
        EventLoop? loop = isLoop ? watch.Pollers.CreateLoop(0, TimeProvider.System) : null;
        Pump? pump = isLoop ? null : new Pump("kept", static () => StandardErrorLog.Write);
        loop?.Start();
        pump?.Attach();
        Lane lane = loop ?? (Lane)pump!;
        TaskCompletionSource<Block[]> taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim goOn = new(sleepsAlready);
        lane.Post(
            _ =>
            {
                Block[] here = Take(lane.Pool, Kept);
                Block[] elsewhere = Take(lane.Pool, Kept);
                Array.ForEach(here, static block => block.Release());
                taken.SetResult([.. here, .. elsewhere]);
                goOn.Wait(Guard.Patience);
            },
            null);
        WeakReference[] memory = await BurstAsync(taken.Task, () => sleepsAlready && (loop is null ? pump!.IsAwake : watch.Asleep == 0));
        goOn.Set();

        await Guard.UntilAsync(() =>
        {
            GC.Collect();
            return memory.Count(static one => one.IsAlive) <= Kept;
        });
        Assert.InRange(memory.Count(static one => one.IsAlive), Kept / 2, Kept);
        loop?.Stop();
        pump?.Detach();
    }

    /// <summary>Gives back what the lane has not, once it is as it is to be.</summary>
    private static async Task<WeakReference[]> BurstAsync(Task<Block[]> taken, Func<bool> isTooEarly)
    {
        await taken.Guarded();
        await Guard.UntilAsync(() => !isTooEarly());
        return Release(taken.Result);
    }

    /// <summary>In a method of its own, so that no local of the caller keeps a block alive.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Release(Block[] blocks)
    {
        WeakReference[] memory = [.. blocks.Select(static block => new WeakReference(block.Array))];
        foreach (Block block in blocks.AsSpan(Kept))
        {
            block.Release();
        }

        Array.Clear(blocks);
        return memory;
    }

    private static Block[] Take(BlockPool pool, int count) => [.. Enumerable.Range(0, count).Select(_ => pool.Take(Mebibyte))];
}
