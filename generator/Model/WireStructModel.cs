namespace QContinuum.Generator.Model;

/// <summary>A struct with [WireStruct].</summary>
/// <param name="Layout">The type, and what it is on the wire.</param>
/// <param name="Name">The name that documentation shows.</param>
/// <param name="BrokenRule">The first rule that the declaration breaks; then members that throw stand in for the real ones.</param>
internal sealed record WireStructModel(LayoutModel Layout, string Name, string? BrokenRule);
