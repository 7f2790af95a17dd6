namespace QContinuum.Interleavings.Tests.Exploring;

/// <summary>One operation of a run, as a failure tells it.</summary>
internal readonly record struct Step(string Thread, string Operation, string Target = "", string Member = "")
{
    public override string ToString() => Member.Length == 0 ? $"{Thread}: {Operation}" : $"{Thread}: {Operation}({Target}) in {Member}";
}
