using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Collects what a builder finds.</summary>
internal sealed class Violations
{
    private readonly List<Violation> _found = [];

    public string? FirstRule => _found.Count == 0 ? null : _found[0].Rule;

    public void Add(string rule, Location location, params string[] arguments)
        => _found.Add(new Violation(rule, LocationInfo.Of(location), arguments.ToEquatableArray()));

    public EquatableArray<Violation> ToArray() => _found.ToEquatableArray();
}
