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
        IncrementalValuesProvider<ProcessorModel> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                Known.Root + "." + Known.ProcessorAttribute,
                static (node, _) => node is ClassDeclarationSyntax,
                static (declaration, token) => declaration.IsFirst() ? Build(declaration, token) : null)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(TrackingNames.ProcessorModels);

        IncrementalValuesProvider<SourceFile> files = models
            .Select(static (model, _) => ProcessorEmitter.Emit(model))
            .WithTrackingName(TrackingNames.ProcessorFiles);

        context.RegisterSourceOutput(files, static (output, file) => output.AddSource(file.HintName, file.Text));
    }

    private static ProcessorModel? Build(GeneratorAttributeSyntaxContext declaration, CancellationToken token)
        => ProcessorModelBuilder.Build((INamedTypeSymbol)declaration.TargetSymbol, declaration.SemanticModel.Compilation, token).Model;
}
