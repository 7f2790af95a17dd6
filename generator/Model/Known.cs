namespace QContinuum.Generator.Model;

/// <summary>The names by which the compiler side knows the runtime.</summary>
internal static class Known
{
    /// <summary>The name in <c>[GeneratedCode]</c>: what carries it is ours, and not part of a declaration.</summary>
    public const string Tool = "QContinuum.Toolkit.Generator";

    public const string Root = "QContinuum";
    public const string Protocol = Root + ".Protocol";
    public const string MessageAttribute = nameof(MessageAttribute);
    public const string TailAttribute = nameof(TailAttribute);
    public const string ProcessorAttribute = nameof(ProcessorAttribute);
    public const string OpenedAttribute = nameof(OpenedAttribute);
    public const string HandlesAttribute = nameof(HandlesAttribute);
    public const string UnhandledAttribute = nameof(UnhandledAttribute);
    public const string ClosedAttribute = nameof(ClosedAttribute);
    public const string HeaderAttribute = nameof(HeaderAttribute);
    public const string LengthAttribute = nameof(LengthAttribute);
    public const string RepeatsAttribute = nameof(RepeatsAttribute);
    public const string MessageIdAttribute = nameof(MessageIdAttribute);
    public const string CorrelationAttribute = nameof(CorrelationAttribute);
    public const string ReplyFlagAttribute = nameof(ReplyFlagAttribute);
    public const string FaultAttribute = nameof(FaultAttribute);
    public const string CopiedAttribute = nameof(CopiedAttribute);
    public const string TrailerAttribute = nameof(TrailerAttribute);
    public const string ChecksumAttribute = nameof(ChecksumAttribute);
    public const string FramerAttribute = nameof(FramerAttribute);
    public const string BigEndianAttribute = nameof(BigEndianAttribute);
    public const string LittleEndianAttribute = nameof(LittleEndianAttribute);
    public const string BitsAttribute = nameof(BitsAttribute);
    public const string ConstantAttribute = nameof(ConstantAttribute);
    public const string ReservedAttribute = nameof(ReservedAttribute);
    public const string WireStructAttribute = nameof(WireStructAttribute);
    public const string WireSizeAttribute = nameof(WireSizeAttribute);
    public const string LengthPrefixAttribute = nameof(LengthPrefixAttribute);
    public const string ZeroTerminatedAttribute = nameof(ZeroTerminatedAttribute);
    public const string SizedByAttribute = nameof(SizedByAttribute);
    public const string CountedByAttribute = nameof(CountedByAttribute);
    public const string Utf8Attribute = nameof(Utf8Attribute);
    public const string ValidatedAttribute = nameof(ValidatedAttribute);
    public const string OmittableAttribute = nameof(OmittableAttribute);
    public const string Processor = nameof(Processor);
    public const string Peer = nameof(Peer);
    public const string MessageHeader = nameof(MessageHeader);
    public const string CloseReason = nameof(CloseReason);

    /// <summary>The method of a processor of two headers that replies across them.</summary>
    public const string Reply = nameof(Reply);

    /// <summary>The nested type that reads the members of a message in place.</summary>
    public const string Reader = nameof(Reader);

    /// <summary>The method of a reader that makes a message of it.</summary>
    public const string ToMessage = nameof(ToMessage);
}
