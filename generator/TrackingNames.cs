namespace QContinuum.Generator;

/// <summary>The stages of the generators, as a test that asks what an edit made run again names them.</summary>
internal static class TrackingNames
{
    public const string HeaderModels = nameof(HeaderModels);
    public const string HeaderFiles = nameof(HeaderFiles);
    public const string WireStructModels = nameof(WireStructModels);
    public const string WireStructFiles = nameof(WireStructFiles);
    public const string MessageModels = nameof(MessageModels);
    public const string MessageFiles = nameof(MessageFiles);
    public const string ProcessorModels = nameof(ProcessorModels);
    public const string ProcessorFiles = nameof(ProcessorFiles);
}
