using Xunit.Abstractions;

[assembly: TestCollectionOrderer("QContinuum.Runtime.Tests.Scale." + nameof(QContinuum.Runtime.Tests.Scale.LastComesLast), "QContinuum.Runtime.Tests")]

namespace QContinuum.Runtime.Tests.Scale;

/// <summary>For what can be said only when all other tests have run, those of <see cref="Alone"/> too.</summary>
[CollectionDefinition(nameof(Last), DisableParallelization = true)]
public sealed class Last;

/// <summary>The order of the collections that do not run in parallel, which come after all that do.</summary>
public sealed class LastComesLast : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections)
        => testCollections.OrderBy(static collection => collection.DisplayName == nameof(Last));
}
