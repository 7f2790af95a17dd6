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
        foreach (IncrementalValuesProvider<MessageModel> models in context.ModelsOf(Known.MessageAttribute, generics: 1, Build, TrackingNames.MessageModels))
        {
            IncrementalValuesProvider<SourceFile> files = models
                .Select(static (model, _) => MessageEmitter.Emit(model))
                .WithTrackingName(TrackingNames.MessageFiles);

            context.RegisterSourceOutput(files, static (output, file) => output.AddSource(file.HintName, file.Text));
        }
    }

    private static MessageModel? Build(INamedTypeSymbol type, Compilation compilation, CancellationToken token)
        => MessageModelBuilder.Build(type, compilation, token).Model;
}
