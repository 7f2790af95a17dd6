namespace QContinuum.Interleavings.Tests.Exploring;

/// <summary>
/// A mistake put into the code under test, to see that it is found: in <paramref name="Member"/> of <paramref name="Type"/> a fence is left out, or an
/// interlocked operation is an ordinary read and an ordinary write.
/// </summary>
internal sealed record Weakness(string Type, string Member, string Operation)
{
    internal bool IsAt(string operation, Site site) => operation == Operation && site.Member == Member && site.Type == Type;

    public override string ToString() => $"{Operation} in {Type}.{Member}";
}
