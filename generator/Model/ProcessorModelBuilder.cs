using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Reads a class with [Processor] into its model.</summary>
internal static class ProcessorModelBuilder
{
    /// <summary>Reads a class.</summary>
    /// <param name="type">The class; it need not carry [Processor].</param>
    /// <param name="compilation">The compilation that it belongs to.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>The model, null where nothing can be generated; and all rules that the declaration breaks.</returns>
    public static (ProcessorModel? Model, EquatableArray<Violation> Violations) Build(INamedTypeSymbol type, Compilation compilation, CancellationToken token)
        => throw new NotImplementedException();
}
