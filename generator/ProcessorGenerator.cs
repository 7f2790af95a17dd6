using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using QContinuum.Generator.Emit;
using QContinuum.Generator.Model;

namespace QContinuum.Generator;

/// <summary>Generates the receive loops of classes with [Processor]. It reports nothing: the analyzers read the same models.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ProcessorGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        foreach (IncrementalValuesProvider<ProcessorModel> models in context.ModelsOf(Known.ProcessorAttribute, generics: 2, Build, TrackingNames.ProcessorModels))
        {
            IncrementalValuesProvider<SourceFile> files = models
                .Select(static (model, _) => ProcessorEmitter.Emit(model))
                .WithTrackingName(TrackingNames.ProcessorFiles);

            context.RegisterSourceOutput(files, static (output, file) => output.AddSource(file.HintName, file.Text));
        }
    }

    private static ProcessorModel? Build(INamedTypeSymbol type, Compilation compilation, CancellationToken token)
        => ProcessorModelBuilder.Build(type, compilation, token).Model;
}
