using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests.Exploring;

/// <summary>Goes through the schedules of a scenario.</summary>
/// <param name="scenario">Makes the threads of a run, and what they share, anew.</param>
/// <param name="mostSwitches">How often a thread may be interrupted that could go on.</param>
/// <param name="pointsAfter">
/// Whether another thread may go on after a write, too, and not only before one: what is published before it is whole is then met by others. Ordinary writes are no points,
/// so that a switch before the next operation comes too late for that.
/// </param>
internal sealed class Explorer(Action<Run> scenario, int mostSwitches = 2, bool pointsAfter = false)
{
    /// <summary>No scenario has as many: one that does is too large to be explored.</summary>
    private const int MostSchedules = 300_000;

    /// <summary>Fails with the first schedule in which something is wrong.</summary>
    internal void Holds(ITestOutputHelper output)
    {
        var (schedules, run, schedule) = Explore(null);
        output.WriteLine($"{schedules} schedules, at most {mostSwitches} switches each");
        Assert.True(run.Failure is null, $"{run.Failure}{Environment.NewLine}schedule {schedule}{Environment.NewLine}{Story(run)}");
    }

    /// <summary>Fails if a mistake is not found.</summary>
    internal void Finds(Weakness weakness, ITestOutputHelper output)
    {
        var (schedules, run, schedule) = Explore(weakness);
        Assert.True(run.Failure is not null, $"{weakness}: not found in {schedules} schedules");
        output.WriteLine($"{weakness}: found in schedule {schedules}, {schedule}: {run.Failure}{Environment.NewLine}{Story(run)}");
    }

    private static string Story(Run run) => string.Join(Environment.NewLine, run.Steps);

    private (int Schedules, Run Last, Schedule Schedule) Explore(Weakness? weakness)
    {
        OneProcessor.Keep();
        Schedule schedule = new(mostSwitches);
        Contention contention = new();
        for (int count = 1; ; count++)
        {
            Run run = new(schedule, contention, weakness, pointsAfter);
            scenario(run);
            run.Go();
            if (run.Failure is not null)
            {
                return (count, run, schedule);
            }

            if (contention.Grow())
            {
                schedule = new Schedule(mostSwitches);
            }
            else if (!schedule.Advance())
            {
                return (count, run, schedule);
            }

            Assert.True(count < MostSchedules, $"more than {MostSchedules} schedules");
        }
    }
}
