namespace QContinuum.Generator.Model;

/// <summary>The rules that a declaration can break. The numbers in braces are the arguments of a <see cref="Violation"/>, in order.</summary>
internal static class RuleIds
{
    /// <summary>{0} must be partial: the type itself, or a type around it.</summary>
    public const string MustBePartial = "QCT0001";

    /// <summary>Id 0x{0} is used by {1} and {2}. Not found by a builder: it takes all messages of a compilation.</summary>
    public const string DuplicateMessageId = "QCT0002";

    /// <summary>Id {0} of {1} does not fit the 32 bits of the header.</summary>
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
}
