using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using QContinuum.Generator.Model;

namespace QContinuum.Analyzers;

/// <summary>Every rule: one id is one rule, and its message says what is wrong, why, and what to do about it.</summary>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor MustBePartial = Declaration(
        RuleIds.MustBePartial,
        "A message or processor must be partial",
        "'{0}' must be partial, because code is generated into it; add the modifier 'partial'");

    public static readonly DiagnosticDescriptor DuplicateMessageId = Declaration(
        RuleIds.DuplicateMessageId,
        "An id belongs to one message",
        "Id {0} belongs to both '{1}' and '{2}', which a receiver could not tell apart; give one of them another id");

    public static readonly DiagnosticDescriptor MessageIdOutOfRange = Declaration(
        RuleIds.MessageIdOutOfRange,
        "An id must fit the header",
        "Id {0} of '{1}' does not fit the 32 signed bits that the header has for it; choose one from int.MinValue to int.MaxValue");

    public static readonly DiagnosticDescriptor UnsupportedMemberType = Declaration(
        RuleIds.UnsupportedMemberType,
        "A member must have a fixed size on the wire",
        "Member '{0}' of '{1}' has type '{2}', which has no fixed size on the wire; use a number, bool or enum, put variable data in the [Tail] of a ref struct, or make the message a [MessagePackObject]");

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
        "[Tail] is misplaced on '{0}', because a tail is the last member of a ref struct and a ReadOnlySpan<byte>; {1}");

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
        "A message or processor must be a plain type that other files can name",
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
        HandlerSignature,
        HandledTwice,
        RepeatedEvent,
        NotAMessage,
        AsyncVoid,
        ForeignBaseClass,
        UnusableHandler,
        ProcessorKind,
    ];

    private static DiagnosticDescriptor Declaration(string id, string title, string message)
        => Describe(id, title, message, "QContinuum.Declaration", DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Dispatch(string id, string title, string message)
        => Describe(id, title, message, "QContinuum.Dispatch", DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Describe(string id, string title, string message, string category, DiagnosticSeverity severity)
        => new(id, title, message, category, severity, isEnabledByDefault: true, helpLinkUri: $"https://github.com/qcontinuum/toolkit/blob/main/docs/rules/{id}.md");
}
