namespace QContinuum.Runtime.Tests.Scale;

/// <summary>For tests that measure the whole process: they run after all others, one at a time.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
