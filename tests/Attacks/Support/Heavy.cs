namespace QContinuum.Attacks.Tests.Support;

/// <summary>Attacks that keep the machine busy: one after another, so that each has both the processors and the ports for itself.</summary>
[CollectionDefinition(nameof(Heavy))]
public sealed class Heavy;
