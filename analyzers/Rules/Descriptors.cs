using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using QContinuum.Generator.Model;

namespace QContinuum.Analyzers;

/// <summary>Every rule: one id is one rule, and its message says what is wrong, why, and what to do about it.</summary>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor MustBePartial = Declaration(
        RuleIds.MustBePartial,
        "A type that code is generated into must be partial",
        "'{0}' must be partial, because code is generated into it; add the modifier 'partial'");

    public static readonly DiagnosticDescriptor DuplicateMessageId = Declaration(
        RuleIds.DuplicateMessageId,
        "An id belongs to one message",
        "Id {0} belongs to both '{1}' and '{2}', which a receiver could not tell apart; give one of them another id");

    public static readonly DiagnosticDescriptor MessageIdOutOfRange = Declaration(
        RuleIds.MessageIdOutOfRange,
        "An id must fit the header",
        "Id {0} of '{1}' cannot be carried by header '{2}', which has {3}; choose one that fits");

    public static readonly DiagnosticDescriptor UnsupportedMemberType = Declaration(
        RuleIds.UnsupportedMemberType,
        "A member must have a fixed size on the wire",
        "Member '{0}' of '{1}' has type '{2}', which has no fixed size on the wire; use a number, bool, enum, Guid or [WireStruct], put variable data in a span of a ref struct, with [Tail], [LengthPrefix] or [SizedBy], or make the message a [MessagePackObject]");

    public static readonly DiagnosticDescriptor StateOutsideLayout = Declaration(
        RuleIds.StateOutsideLayout,
        "A message must not hold state outside its layout",
        "The layout of '{0}' has no place for {1}; {2}");

    public static readonly DiagnosticDescriptor FieldsSpreadOverParts = Declaration(
        RuleIds.FieldsSpreadOverParts,
        "The members of a message must stand in one declaration",
        "The members of '{0}' are spread over several partial declarations, so that they have no order on the wire; move them into one");

    public static readonly DiagnosticDescriptor MisplacedTail = Declaration(
        RuleIds.MisplacedTail,
        "[Tail] is the last member of a ref struct",
        "[Tail] is misplaced on '{0}', because a tail is the last member of a ref struct, a ReadOnlySpan<byte> or a WireSpan; {1}");

    public static readonly DiagnosticDescriptor ClassWithoutFormat = Declaration(
        RuleIds.ClassWithoutFormat,
        "A class must have a MessagePack body",
        "'{0}' is a class, which has no layout on the wire; make it a [MessagePackObject], or a struct of numbers, bools and enums");

    public static readonly DiagnosticDescriptor MessagePackNotPublic = Declaration(
        RuleIds.MessagePackNotPublic,
        "A MessagePack message must be public",
        "'{0}' has a MessagePack body, and MessagePack serializes only what it can see from outside; make the type public, and every type around it");

    public static readonly DiagnosticDescriptor GenericOrFileLocal = Declaration(
        RuleIds.GenericOrFileLocal,
        "A type that code is generated into must be a plain one that other files can name",
        "'{0}' is generic, inside a generic type, or local to a file, so that no code can be generated for it; declare it without type parameters and without 'file'");

    public static readonly DiagnosticDescriptor NameTaken = Declaration(
        RuleIds.NameTaken,
        "A member must not have the name of a generated one",
        "Member '{0}' of '{1}' has the name of a member that is generated; rename it");

    public static readonly DiagnosticDescriptor NotConstructible = Declaration(
        RuleIds.NotConstructible,
        "A message must be a type that has values",
        "'{0}' is static or abstract, so that no value of it can be read; remove the modifier");

    public static readonly DiagnosticDescriptor MessagePackRefStruct = Declaration(
        RuleIds.MessagePackRefStruct,
        "A ref struct cannot have a MessagePack body",
        "'{0}' is a ref struct, which MessagePack cannot serialize; make it a class, or remove [MessagePackObject] and put variable data in a [Tail]");

    public static readonly DiagnosticDescriptor MessagePackNotReferenced = Declaration(
        RuleIds.MessagePackNotReferenced,
        "A MessagePack body needs the MessagePack package",
        "'{0}' has a MessagePack body, but the project references only the annotations of MessagePack; add a reference to the package 'MessagePack'");

    public static readonly DiagnosticDescriptor UnusableMember = Declaration(
        RuleIds.UnusableMember,
        "Generated code must be allowed to use a member",
        "Member '{0}' of '{1}', or its type, is experimental or obsolete as an error, so that generated code cannot use it; remove that attribute or the member");

    public static readonly DiagnosticDescriptor HeaderKind = Declaration(
        RuleIds.HeaderKind,
        "A header must be a positional partial record struct",
        "Header '{0}' cannot be generated, because its parameters are its fields on the wire and it may hold nothing else; {1}");

    public static readonly DiagnosticDescriptor HeaderFieldType = Declaration(
        RuleIds.HeaderFieldType,
        "A field of a header must have a type that its role allows",
        "Field '{0}' of header '{1}' has type '{2}', which cannot have its role; {3}");

    public static readonly DiagnosticDescriptor ConflictingRoles = Declaration(
        RuleIds.ConflictingRoles,
        "A field of a header must not have roles that exclude each other",
        "Field '{0}' of header '{1}' cannot have the roles that it has; {2}");

    public static readonly DiagnosticDescriptor LengthArithmetic = Declaration(
        RuleIds.LengthArithmetic,
        "A length must be one that can be computed",
        "The [Length] on '{0}' of header '{1}' measures no frame; {2}");

    public static readonly DiagnosticDescriptor BitsDoNotFit = Declaration(
        RuleIds.BitsDoNotFit,
        "Bits must fit their type and fill whole bytes",
        "The [Bits] on '{0}' do not fit; {1}");

    public static readonly DiagnosticDescriptor MaskOutsideField = Declaration(
        RuleIds.MaskOutsideField,
        "A mask must be bits of its field that no other role has",
        "The masks on '{0}' of header '{1}' must be bits of that field, each for one role; {2}");

    public static readonly DiagnosticDescriptor ConstantOutOfRange = Declaration(
        RuleIds.ConstantOutOfRange,
        "A constant must fit its member",
        "Constant {0} does not fit '{1}' of type '{2}', which could never hold it; choose a value that fits, or a wider type");

    public static readonly DiagnosticDescriptor MisplacedTrailer = Declaration(
        RuleIds.MisplacedTrailer,
        "The trailer is the last fields of a header",
        "Field '{0}' of header '{1}' must not stand where it does, because a trailer is behind the body; move the [Trailer] fields to the end, and leave [Length], [MessageId], [Correlation] and flags in front");

    public static readonly DiagnosticDescriptor ChecksumWidth = Declaration(
        RuleIds.ChecksumWidth,
        "A checksum must have the width of its algorithm",
        "Field '{0}' cannot hold the checksum {1}, which has {2} bytes; use an integer type of that size");

    public static readonly DiagnosticDescriptor FramerSignature = Declaration(
        RuleIds.FramerSignature,
        "A framer must be a method that can be called",
        "Method '{0}' of header '{1}' cannot be its framer; {2}");

    public static readonly DiagnosticDescriptor MisplacedBodyId = Declaration(
        RuleIds.MisplacedBodyId,
        "An id in the body is the last of a header",
        "Field '{0}' of header '{1}' is an id in the body, and a field that is not part of the body follows it; move that field in front of '{0}', or make it a [Trailer]");

    public static readonly DiagnosticDescriptor UnknownReference = Declaration(
        RuleIds.UnknownReference,
        "A name in an attribute must be that of a usable field",
        "'{0}' refers to '{1}', which it cannot use; {2}");

    public static readonly DiagnosticDescriptor MaxFrameTooSmall = Declaration(
        RuleIds.MaxFrameTooSmall,
        "MaxFrame must leave room for header and trailer",
        "Header '{0}' has a MaxFrame of {1}, less than its own {2} bytes, so that no frame could arrive; raise MaxFrame, which counts header and trailer too");

    public static readonly DiagnosticDescriptor ChecksumOutsideFrame = Declaration(
        RuleIds.ChecksumOutsideFrame,
        "A checksum must begin within the header",
        "Checksum '{0}' of header '{1}' covers what stands from offset {2} on, and the header has {3} bytes; let From be an offset in the header");

    public static readonly DiagnosticDescriptor UndefinedValue = Declaration(
        RuleIds.UndefinedValue,
        "An attribute must be given a value that exists",
        "'{0}' is given {1}, which is no value of '{2}'; use one of its names");

    public static readonly DiagnosticDescriptor VariablePart = Declaration(
        RuleIds.VariablePart,
        "A part of any length must say where it ends",
        "Member '{0}' of '{1}' is a misdeclared part of any length; {2}");

    public static readonly DiagnosticDescriptor OpenSpan = Declaration(
        RuleIds.OpenSpan,
        "A span must say where it ends",
        "Member '{0}' of '{1}' is a span, and nothing says where it ends; add [LengthPrefix], [SizedBy], [CountedBy] or [ZeroTerminated], or [Tail] to the last one");

    public static readonly DiagnosticDescriptor MisplacedOmittable = Declaration(
        RuleIds.MisplacedOmittable,
        "Only omittable members may follow an omittable one",
        "Member '{0}' of '{1}' follows an omittable member, so that a reader could not tell which of them is missing; add [Omittable] to '{0}', or move it forward");

    public static readonly DiagnosticDescriptor ValidatedNotEnum = Declaration(
        RuleIds.ValidatedNotEnum,
        "Only an enum can be validated",
        "Member '{0}' has [Validated] and is of type '{1}', which declares no values; remove the attribute, or make '{0}' an enum");

    public static readonly DiagnosticDescriptor MeaninglessAttribute = Declaration(
        RuleIds.MeaninglessAttribute,
        "An attribute must mean something where it stands",
        "'{0}' of '{1}' has {2}, which means something only in {3}; remove it");

    public static readonly DiagnosticDescriptor WireStructNotFixed = Declaration(
        RuleIds.WireStructNotFixed,
        "A wire struct must have members of a fixed size",
        "Member '{0}' of wire struct '{1}' has type '{2}', which has no fixed size on the wire; use a number, bool, enum, Guid, [WireStruct] or inline array");

    public static readonly DiagnosticDescriptor TooLargeForHeader = Declaration(
        RuleIds.TooLargeForHeader,
        "A message must fit the frames of its header",
        "Message '{0}' has {1} bytes at least, and header '{2}' frames bodies of at most {3}, so that it could never be sent; make '{0}' smaller, or raise MaxFrame of '{2}'");

    public static readonly DiagnosticDescriptor NotAHeader = Declaration(
        RuleIds.NotAHeader,
        "A header must be a type with [Header] or an IHeader",
        "'{0}' names '{1}' as its header, which is none; add [Header] to '{1}', or implement IHeader<{1}>");

    public static readonly DiagnosticDescriptor ReplyMismatch = Declaration(
        RuleIds.ReplyMismatch,
        "A reply must be a message that can answer",
        "Message '{0}' cannot have '{1}' as its reply; {2}");

    public static readonly DiagnosticDescriptor MessageWithoutId = Declaration(
        RuleIds.MessageWithoutId,
        "A message must have an id unless it is a fault",
        "Message '{0}' has no id, by which a receiver could tell it; give it one, or {1}");

    public static readonly DiagnosticDescriptor ConflictingByteOrder = Declaration(
        RuleIds.ConflictingByteOrder,
        "A number has one byte order",
        "'{0}' is both [BigEndian] and [LittleEndian]; keep one of them");

    public static readonly DiagnosticDescriptor NeverSent = Declaration(
        RuleIds.NeverSent,
        "A message must have a size that can be sent",
        "Message '{0}' can never be sent; {1}");

    public static readonly DiagnosticDescriptor RepeatedDeclaration = Declaration(
        RuleIds.RepeatedDeclaration,
        "A type is one message, or one processor",
        "'{0}' has {1} more than once, and speaks one header; keep one of them, and declare another type for the other header");

    public static readonly DiagnosticDescriptor HandlerSignature = Dispatch(
        RuleIds.HandlerSignature,
        "A handler must have a signature that can be called",
        "Handler '{0}' has a signature that its processor cannot call; declare it as '{1}'");

    public static readonly DiagnosticDescriptor HandledTwice = Dispatch(
        RuleIds.HandledTwice,
        "A message has one handler",
        "Processor '{3}' has two handlers for the id of '{0}', '{1}' and '{2}'; keep one of them");

    public static readonly DiagnosticDescriptor RepeatedEvent = Dispatch(
        RuleIds.RepeatedEvent,
        "An event has one method",
        "'{0}' is one more method with {1} than a processor may have; keep one, and let it call the others");

    public static readonly DiagnosticDescriptor NotAMessage = Dispatch(
        RuleIds.NotAMessage,
        "A handler must take a message",
        "Handler '{0}' takes '{1}', which is not a message; add [Message] with an id to '{1}', or take a type that has it");

    public static readonly DiagnosticDescriptor AsyncVoid = Dispatch(
        RuleIds.AsyncVoid,
        "A handler must not be async void",
        "Handler '{0}' is async void, so that nothing can wait for it and what it throws ends the process; return ValueTask");

    public static readonly DiagnosticDescriptor ForeignBaseClass = Dispatch(
        RuleIds.ForeignBaseClass,
        "A processor has no base class of its own",
        "Processor '{0}' derives from '{1}', but its generated part derives from Processor; remove the base class and keep a '{1}' in a field");

    public static readonly DiagnosticDescriptor UnusableHandler = Dispatch(
        RuleIds.UnusableHandler,
        "Generated code must be allowed to call a handler",
        "Handler '{0}' cannot be called by generated code, because '{1}' is experimental or obsolete as an error; remove that attribute or the handler");

    public static readonly DiagnosticDescriptor ProcessorKind = Dispatch(
        RuleIds.ProcessorKind,
        "A processor must be an ordinary class",
        "Processor '{0}' is static or a record, and can derive from Processor as neither; declare it as a class");

    public static readonly DiagnosticDescriptor HandlerOutsideProcessor = Dispatch(
        "QCT1014",
        "A handler must belong to a processor",
        "Method '{0}' has {1}, and its type '{2}' is no [Processor], so that nothing calls it; add [Processor] to '{2}', or remove {1}");

    public static readonly DiagnosticDescriptor WrongHeader = Dispatch(
        RuleIds.WrongHeader,
        "A handler must speak the header of its processor",
        "Handler '{0}' takes or returns '{1}', which is bound to header '{2}', and its processor speaks '{3}' there; bind '{1}' to '{3}', or move the handler to a processor of '{2}'");

    public static readonly DiagnosticDescriptor SentHeader = Dispatch(
        "QCT1021",
        "A handler must send what its processor speaks",
        "Handler '{0}' sends '{1}', which is bound to header '{2}', to a peer that is sent '{3}', so that it is never sent; bind '{1}' to '{3}', or declare the processor to send '{2}'");

    public static readonly DiagnosticDescriptor ConfigureAwait = Describe(
        "QCT3006",
        "A handler must come back to its lane",
        "'{0}' in handler '{1}' leaves the lane of the peer, so that the rest of the handler runs beside others; await without it",
        "QContinuum.Threading",
        DiagnosticSeverity.Warning);

    /// <summary>The rules whose violations the model builders find.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Declarations { get; } =
    [
        MustBePartial,
        MessageIdOutOfRange,
        UnsupportedMemberType,
        StateOutsideLayout,
        FieldsSpreadOverParts,
        MisplacedTail,
        ClassWithoutFormat,
        MessagePackNotPublic,
        GenericOrFileLocal,
        NameTaken,
        NotConstructible,
        MessagePackRefStruct,
        MessagePackNotReferenced,
        UnusableMember,
        HeaderKind,
        HeaderFieldType,
        ConflictingRoles,
        LengthArithmetic,
        BitsDoNotFit,
        MaskOutsideField,
        ConstantOutOfRange,
        MisplacedTrailer,
        ChecksumWidth,
        FramerSignature,
        MisplacedBodyId,
        UnknownReference,
        MaxFrameTooSmall,
        ChecksumOutsideFrame,
        UndefinedValue,
        VariablePart,
        OpenSpan,
        MisplacedOmittable,
        ValidatedNotEnum,
        MeaninglessAttribute,
        WireStructNotFixed,
        TooLargeForHeader,
        NotAHeader,
        ReplyMismatch,
        MessageWithoutId,
        ConflictingByteOrder,
        NeverSent,
        RepeatedDeclaration,
        HandlerSignature,
        HandledTwice,
        RepeatedEvent,
        NotAMessage,
        AsyncVoid,
        ForeignBaseClass,
        UnusableHandler,
        ProcessorKind,
        WrongHeader,
    ];

    private static DiagnosticDescriptor Declaration(string id, string title, string message)
        => Describe(id, title, message, "QContinuum.Declaration", DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Dispatch(string id, string title, string message)
        => Describe(id, title, message, "QContinuum.Dispatch", DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Describe(string id, string title, string message, string category, DiagnosticSeverity severity)
        => new(id, title, message, category, severity, isEnabledByDefault: true, helpLinkUri: $"https://github.com/qcontinuum/toolkit/blob/main/docs/rules/{id}.md");
}
