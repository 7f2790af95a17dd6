namespace QContinuum.Benchmarks.Micro.Messages;

/// <summary>A thousand states, each another one.</summary>
internal static class Samples
{
    public const int Count = 1000;

    public static State[] States { get; } =
        [.. Enumerable.Range(0, Count).Select(static i => new State(i * 77, (ushort)i, i * 1.5f, i * 2.5f, -i, i * 1_000_003L, 1.0 / (i + 1), (byte)i))];
}
