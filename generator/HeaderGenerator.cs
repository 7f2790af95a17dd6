using Microsoft.CodeAnalysis;
using QContinuum.Generator.Emit;
using QContinuum.Generator.Model;

namespace QContinuum.Generator;

/// <summary>Generates the framers, readers and writers of structs with [Header]. It reports nothing: the analyzers read the same models.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class HeaderGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        foreach (IncrementalValuesProvider<HeaderModel> models in context.ModelsOf(Known.HeaderAttribute, generics: 0, Build, TrackingNames.HeaderModels))
        {
            IncrementalValuesProvider<SourceFile> files = models
                .Select(static (model, _) => HeaderEmitter.Emit(model))
                .WithTrackingName(TrackingNames.HeaderFiles);

            context.RegisterSourceOutput(files, static (output, file) => output.AddSource(file.HintName, file.Text));
        }
    }

    private static HeaderModel? Build(INamedTypeSymbol type, Compilation compilation, CancellationToken token)
        => HeaderModelBuilder.Build(type, compilation, token).Model;
}
