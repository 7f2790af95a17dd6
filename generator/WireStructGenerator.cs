using Microsoft.CodeAnalysis;
using QContinuum.Generator.Emit;
using QContinuum.Generator.Model;

namespace QContinuum.Generator;

/// <summary>Generates the readers and writers of structs with [WireStruct]. It reports nothing: the analyzers read the same models.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class WireStructGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        foreach (IncrementalValuesProvider<WireStructModel> models in context.ModelsOf(Known.WireStructAttribute, generics: 0, Build, TrackingNames.WireStructModels))
        {
            IncrementalValuesProvider<SourceFile> files = models
                .Select(static (model, _) => WireStructEmitter.Emit(model))
                .WithTrackingName(TrackingNames.WireStructFiles);

            context.RegisterSourceOutput(files, static (output, file) => output.AddSource(file.HintName, file.Text));
        }
    }

    private static WireStructModel? Build(INamedTypeSymbol type, Compilation compilation, CancellationToken token)
        => WireStructModelBuilder.Build(type, compilation, token).Model;
}
