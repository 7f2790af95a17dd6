namespace QContinuum.Generator.Model;

/// <summary>The rules that a declaration can break. The numbers in braces are the arguments of a <see cref="Violation"/>, in order.</summary>
internal static class RuleIds
{
    /// <summary>{0} must be partial: the type itself, or a type around it.</summary>
    public const string MustBePartial = "QCT0001";

    /// <summary>Id 0x{0} is used by {1} and {2}. Not found by a builder: it takes all messages of a compilation.</summary>
    public const string DuplicateMessageId = "QCT0002";

    /// <summary>Id {0} of {1} does not fit the id fields of header {2}; {3} says what does.</summary>
    public const string MessageIdOutOfRange = "QCT0003";

    /// <summary>Member {0} of {1} is of type {2}, which has no wire format.</summary>
    public const string UnsupportedMemberType = "QCT0005";

    /// <summary>The layout of {0} has no place for {1}, which is a name in quotes or says what it is; {2} says what to do.</summary>
    public const string StateOutsideLayout = "QCT0012";

    /// <summary>The fields of {0} are spread over several partial declarations, so that they have no order.</summary>
    public const string FieldsSpreadOverParts = "QCT0013";

    /// <summary>[Tail] on {0} is misplaced; {1} says what to do.</summary>
    public const string MisplacedTail = "QCT0017";

    /// <summary>{0} is a class without [MessagePackObject].</summary>
    public const string ClassWithoutFormat = "QCT0030";

    /// <summary>{0} has a MessagePack body and is not public, or not everything around it is.</summary>
    public const string MessagePackNotPublic = "QCT0031";

    /// <summary>{0} is generic, inside a generic type, or local to a file.</summary>
    public const string GenericOrFileLocal = "QCT0033";

    /// <summary>Member {0} of {1} has the name of a generated one, or {0} is {1}, which has it itself.</summary>
    public const string NameTaken = "QCT0034";

    /// <summary>{0} is static or abstract: there is no value of it to read.</summary>
    public const string NotConstructible = "QCT0035";

    /// <summary>{0} is a ref struct, which MessagePack cannot serialize.</summary>
    public const string MessagePackRefStruct = "QCT0036";

    /// <summary>{0} has a MessagePack body, and the project references only the annotations of MessagePack.</summary>
    public const string MessagePackNotReferenced = "QCT0037";

    /// <summary>Member {0} of {1} may not be used by generated code: it, or its type, is experimental or obsolete as an error.</summary>
    public const string UnusableMember = "QCT0038";

    /// <summary>Header {0} cannot be one; {1} says what to do.</summary>
    public const string HeaderKind = "QCT0040";

    /// <summary>Field {0} of header {1} has type {2}, which cannot have its role; {3} says what to use.</summary>
    public const string HeaderFieldType = "QCT0041";

    /// <summary>Field {0} of header {1} has roles that exclude each other, or one that another field has; {2} says which, and what to do.</summary>
    public const string ConflictingRoles = "QCT0042";

    /// <summary>The [Length] on {0} of header {1} cannot be computed; {2} says why, and what to do.</summary>
    public const string LengthArithmetic = "QCT0043";

    /// <summary>The [Bits] on {0} do not fit: {1} says why, and what to do.</summary>
    public const string BitsDoNotFit = "QCT0044";

    /// <summary>The mask on {0} of header {1} is impossible; {2} says why.</summary>
    public const string MaskOutsideField = "QCT0045";

    /// <summary>Constant {0} does not fit {1} of type {2}.</summary>
    public const string ConstantOutOfRange = "QCT0046";

    /// <summary>Field {0} of header {1} stands behind a [Trailer] field without being one, or has a role that a trailer cannot have.</summary>
    public const string MisplacedTrailer = "QCT0047";

    /// <summary>Field {0} has another width than a {1}, which has {2} bytes.</summary>
    public const string ChecksumWidth = "QCT0048";

    /// <summary>Method {0} with [Framer] in header {1} is not usable; {2} says why, and what to do.</summary>
    public const string FramerSignature = "QCT0049";

    /// <summary>Field {0} of header {1} is an id in the body, and a field that is none follows.</summary>
    public const string MisplacedBodyId = "QCT0050";

    /// <summary>{0} refers to {1}; {2} says why that is impossible.</summary>
    public const string UnknownReference = "QCT0051";

    /// <summary>Header {0} has a MaxFrame of {1} bytes, less than the {2} of header and trailer.</summary>
    public const string MaxFrameTooSmall = "QCT0052";

    /// <summary>Checksum {0} of header {1} covers what stands from offset {2} on, and the header has {3} bytes.</summary>
    public const string ChecksumOutsideFrame = "QCT0053";

    /// <summary>{0} is given {1}, which is no value of {2}.</summary>
    public const string UndefinedValue = "QCT0054";

    /// <summary>Member {0} of message {1} is a part of any length, misdeclared; {2} says what to do.</summary>
    public const string VariablePart = "QCT0060";

    /// <summary>Member {0} of message {1} is a span, and nothing says where it ends.</summary>
    public const string OpenSpan = "QCT0061";

    /// <summary>Member {0} of message {1} follows an omittable one without being one.</summary>
    public const string MisplacedOmittable = "QCT0062";

    /// <summary>Member {0} has [Validated] and is of type {1}, not an enum.</summary>
    public const string ValidatedNotEnum = "QCT0063";

    /// <summary>{0} of {1} has the attribute {2}, which means something only in {3}.</summary>
    public const string MeaninglessAttribute = "QCT0064";

    /// <summary>Member {0} of wire struct {1} has type {2}, which has no fixed size.</summary>
    public const string WireStructNotFixed = "QCT0065";

    /// <summary>Message {0} has {1} bytes at least, and header {2} frames at most {3}.</summary>
    public const string TooLargeForHeader = "QCT0066";

    /// <summary>{0} names {1} as its header, which is none.</summary>
    public const string NotAHeader = "QCT0067";

    /// <summary>Message {0} names {1} as its reply; {2} says why that is impossible, and what to do.</summary>
    public const string ReplyMismatch = "QCT0068";

    /// <summary>Message {0} has no id and is not a fault, or one that its header cannot tell; {1} says what to do.</summary>
    public const string MessageWithoutId = "QCT0069";

    /// <summary>{0} is both big-endian and little-endian.</summary>
    public const string ConflictingByteOrder = "QCT0070";

    /// <summary>Message {0} can never be sent: {1} says why, and what to do.</summary>
    public const string NeverSent = "QCT0071";

    /// <summary>{0} has {1} more than once, plain and generic.</summary>
    public const string RepeatedDeclaration = "QCT0073";

    /// <summary>Handler {0} has a wrong signature; {1} is the expected one.</summary>
    public const string HandlerSignature = "QCT1001";

    /// <summary>Message {0} is handled by both {1} and {2} in processor {3}, or shares its id with the message of the other one.</summary>
    public const string HandledTwice = "QCT1002";

    /// <summary>{0} is one more method with {1} than a processor may have.</summary>
    public const string RepeatedEvent = "QCT1003";

    /// <summary>Handler {0} takes {1}, which is not a message.</summary>
    public const string NotAMessage = "QCT1004";

    /// <summary>Handler {0} is async void.</summary>
    public const string AsyncVoid = "QCT1005";

    /// <summary>Processor {0} has a base class, {1}.</summary>
    public const string ForeignBaseClass = "QCT1011";

    /// <summary>Handler {0} may not be called by generated code: it, or {1} of its signature, is experimental or obsolete as an error.</summary>
    public const string UnusableHandler = "QCT1012";

    /// <summary>Processor {0} is static, or a record, neither of which can derive from Processor.</summary>
    public const string ProcessorKind = "QCT1013";

    /// <summary>Handler {0} takes or returns message {1}, which is bound to header {2}; the processor speaks {3} in that direction.</summary>
    public const string WrongHeader = "QCT1020";
}
