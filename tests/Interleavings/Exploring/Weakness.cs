namespace QContinuum.Interleavings.Tests.Exploring;

/// <summary>
/// A mistake put into the code under test, to see that it is found: in <paramref name="Member"/> a fence is left out, or an interlocked operation is an
/// ordinary read and an ordinary write.
/// </summary>
/// <param name="Member">The method, as it is named in the source.</param>
/// <param name="Operation">The method of <c>Interlocked</c>.</param>
internal sealed record Weakness(string Member, string Operation)
{
    public override string ToString() => $"{Operation} in {Member}";
}
