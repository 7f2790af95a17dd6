namespace QContinuum.Generator.Model;

/// <summary>A message that is answered by another: what its RequestAsync is made of.</summary>
/// <param name="Class">The name of the class that has it.</param>
/// <param name="IsPublic">Whether other assemblies see it.</param>
/// <param name="HeaderExposure">How far the method that takes a header is visible; hidden where there can be none.</param>
/// <param name="Reply">The full name of the reply.</param>
/// <param name="FaultId">The id of the message that says the request failed, where it has one of its own.</param>
/// <param name="IsOwned">Whether the reply is a view, so that a copy of it is owned.</param>
internal sealed record RequestModel(string Class, bool IsPublic, Exposure HeaderExposure, string Reply, long? FaultId, bool IsOwned);
