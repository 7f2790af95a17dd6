using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Reads a type with [Message] into its model.</summary>
internal static class MessageModelBuilder
{
    /// <summary>Reads a type.</summary>
    /// <param name="type">The type; it need not carry [Message].</param>
    /// <param name="compilation">The compilation that it belongs to.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>The model, null where nothing can be generated; and all rules that the declaration breaks.</returns>
    public static (MessageModel? Model, EquatableArray<Violation> Violations) Build(INamedTypeSymbol type, Compilation compilation, CancellationToken token)
        => throw new NotImplementedException();
}
