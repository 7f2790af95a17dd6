namespace QContinuum.Benchmarks.Macro;

/// <summary>
/// A load: connections, and how many messages each has in flight. Id 1 is bytes of any length, id 2 four numbers of a fixed layout. With <paramref name="Messages"/> that
/// many are sent, whatever time they take.
/// </summary>
internal sealed record Shape(int Connections, int Depth, int BodyBytes = 32, int MessageId = 1, long? Messages = null)
{
    public override string ToString() => $"{Connections} × {Depth}";
}
