namespace QContinuum;

/// <summary>
/// Makes a partial class a <see cref="Processor"/> of the default header: the receive loop and the dispatch to its handlers are generated.
/// </summary>
/// <param name="threading">The threads on which its handlers run.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public class ProcessorAttribute(Threading threading = Threading.Queued) : Attribute
{
    /// <summary>The threads on which the handlers run.</summary>
    public Threading Threading { get; } = threading;

    /// <summary>What becomes of a message that no handler takes.</summary>
    public UnknownMessages Unknown { get; init; }
}

/// <summary>Makes a partial class a <see cref="Processor"/> of the header <typeparamref name="THeader"/>, in both directions.</summary>
/// <typeparam name="THeader">A struct with <see cref="HeaderAttribute"/>, or one that implements <see cref="IHeader{TSelf}"/> by hand.</typeparam>
/// <param name="threading">The threads on which its handlers run.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ProcessorAttribute<THeader>(Threading threading = Threading.Queued) : ProcessorAttribute(threading)
    where THeader : struct;

/// <summary>Makes a partial class a <see cref="Processor"/> that receives one header and sends another.</summary>
/// <typeparam name="TIn">The header of what it receives.</typeparam>
/// <typeparam name="TOut">The header of what it sends.</typeparam>
/// <param name="threading">The threads on which its handlers run.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ProcessorAttribute<TIn, TOut>(Threading threading = Threading.Queued) : ProcessorAttribute(threading)
    where TIn : struct
    where TOut : struct;
