namespace QContinuum;

/// <summary>
/// Makes a partial class a <see cref="Processor"/> of the default header: the receive loop and the dispatch to its handlers are generated.
/// </summary>
/// <param name="threading">The threads on which its handlers run.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ProcessorAttribute(Threading threading = Threading.Queued) : Attribute
{
    /// <summary>The threads on which the handlers run.</summary>
    public Threading Threading { get; } = threading;
}
