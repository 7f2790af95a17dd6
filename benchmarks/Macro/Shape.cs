namespace QContinuum.Benchmarks.Macro;

/// <summary>A load: connections, and how many messages each has in flight. Id 1 is bytes of any length, id 2 four numbers of a fixed layout.</summary>
internal sealed record Shape(int Connections, int Depth, int BodyBytes = 32, int MessageId = 1)
{
    public override string ToString() => $"{Connections} × {Depth}";
}
