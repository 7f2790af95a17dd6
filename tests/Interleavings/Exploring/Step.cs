namespace QContinuum.Interleavings.Tests.Exploring;

/// <summary>One operation of a run, as a failure tells it.</summary>
internal readonly record struct Step(string Thread, string Operation, Site Site = default)
{
    public override string ToString() => Site == default ? $"{Thread}: {Operation}" : $"{Thread}: {Operation}({Site.Target}) in {Site.Type}.{Site.Member}";
}
