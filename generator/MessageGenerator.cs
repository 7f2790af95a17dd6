using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using QContinuum.Generator.Emit;
using QContinuum.Generator.Model;

namespace QContinuum.Generator;

/// <summary>Generates the readers and writers of types with [Message]. It reports nothing: the analyzers read the same models.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class MessageGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<MessageModel> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                Known.Root + "." + Known.MessageAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (declaration, token) => declaration.IsFirst() ? Build(declaration, token) : null)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(TrackingNames.MessageModels);

        IncrementalValuesProvider<SourceFile> files = models
            .Select(static (model, _) => MessageEmitter.Emit(model))
            .WithTrackingName(TrackingNames.MessageFiles);

        context.RegisterSourceOutput(files, static (output, file) => output.AddSource(file.HintName, file.Text));
    }

    private static MessageModel? Build(GeneratorAttributeSyntaxContext declaration, CancellationToken token)
        => MessageModelBuilder.Build((INamedTypeSymbol)declaration.TargetSymbol, declaration.SemanticModel.Compilation, token).Model;
}
