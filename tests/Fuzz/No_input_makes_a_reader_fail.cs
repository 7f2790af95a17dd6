using System.Globalization;
using CsCheck;
using QContinuum.Fuzz.Tests.Protocols;

namespace QContinuum.Fuzz.Tests;

/// <summary>
/// Every declared protocol against input that a stranger chose. The budget is a number of rounds: <c>QCONTINUUM_FUZZ_ROUNDS</c> makes it as long as
/// one likes. A failure prints the seed that repeats it.
/// </summary>
public sealed class No_input_makes_a_reader_fail
{
    private const int RoundsByDefault = 20_000;

    private static readonly Target[] s_targets = All.Targets;

    public static TheoryData<string> Protocols => [.. s_targets.Select(static target => target.Name)];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Of_any_declared_protocol(string name)
    {
        Target target = s_targets.Single(candidate => candidate.Name == name);
        using IDisposable memory = Guarded(out GuardedMemory guarded);
        Inputs.Of(target.Seeds).Sample(
            input =>
            {
                target.Run(guarded.PlaceAtEnd(input));
                target.Run(guarded.PlaceAtStart(input));
            },
            iter: Rounds(),
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void What_it_writes_it_reads_however_it_is_cut(string name)
    {
        Target target = s_targets.Single(candidate => candidate.Name == name);
        using IDisposable memory = Guarded(out GuardedMemory guarded);
        Assert.NotEmpty(target.Seeds);
        foreach (byte[] seed in target.Seeds)
        {
            for (int length = 0; length <= seed.Length; length++)
            {
                target.Run(guarded.PlaceAtEnd(seed.AsSpan(0, length)));
            }
        }
    }

    private static GuardedMemory Guarded(out GuardedMemory guarded) => guarded = new GuardedMemory(Inputs.MaxLength);

    private static int Rounds()
        => int.TryParse(Environment.GetEnvironmentVariable("QCONTINUUM_FUZZ_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int rounds)
            ? rounds
            : RoundsByDefault;
}
