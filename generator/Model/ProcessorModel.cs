namespace QContinuum.Generator.Model;

/// <summary>A class with [Processor]: what its dispatch is made of. Handlers that break a rule are not part of it.</summary>
/// <param name="Type">The class.</param>
/// <param name="In">The header of what it receives.</param>
/// <param name="Out">The full name of the header of what it sends.</param>
/// <param name="Copied">Fields that a reply copies from the header of its request, where the two directions have different headers.</param>
/// <param name="SkipsUnknown">Whether a message that no handler takes is skipped.</param>
/// <param name="Threading">The value of <c>QContinuum.Threading</c>, as an expression.</param>
/// <param name="Opened">The [Opened] method.</param>
/// <param name="Handlers">The [Handles] methods, in order of their ids.</param>
/// <param name="Unhandled">The [Unhandled] method.</param>
/// <param name="Closed">The [Closed] method.</param>
/// <param name="Unresolved">Handlers of a type that does not exist while generators run; a processor that has one refuses to run.</param>
/// <param name="Taken">Names of generated members that the class declares itself; they are not generated.</param>
/// <param name="HasOwnReply">Whether the class has a member of that name: the helper that replies across two headers is then not generated.</param>
internal sealed record ProcessorModel(
    TypeModel Type,
    HeaderFacts In,
    string Out,
    EquatableArray<string> Copied,
    bool SkipsUnknown,
    string Threading,
    MethodModel? Opened,
    EquatableArray<HandlerModel> Handlers,
    MethodModel? Unhandled,
    MethodModel? Closed,
    EquatableArray<string> Unresolved,
    EquatableArray<string> Taken,
    bool HasOwnReply);

/// <summary>A method with [Handles].</summary>
/// <param name="Method">The method.</param>
/// <param name="Message">The message that it takes.</param>
/// <param name="Form">What it takes of it.</param>
internal sealed record HandlerModel(MethodModel Method, MessageShape Message, MessageForm Form);

/// <summary>What a handler takes of a message.</summary>
internal enum MessageForm
{
    /// <summary>The message itself, a value or a view.</summary>
    Value,

    /// <summary>The reader of a fixed layout.</summary>
    Reader,

    /// <summary>A copy that it owns.</summary>
    Owned,
}

/// <summary>A method that generated code calls.</summary>
/// <param name="Target">What it is called on: <c>this</c>, or the class for a static method.</param>
/// <param name="Name">Its name, escaped where it is a keyword.</param>
/// <param name="Result">What becomes of its result.</param>
/// <param name="Arguments">Its arguments, in order.</param>
internal sealed record MethodModel(string Target, string Name, MethodResult Result, EquatableArray<ArgumentModel> Arguments);

/// <summary>An argument of a call.</summary>
/// <param name="Role">What is passed.</param>
/// <param name="ByReference">Whether with <c>in</c>.</param>
/// <param name="Type">The type with <c>global::</c>, for a state, which is cast.</param>
internal sealed record ArgumentModel(ArgumentRole Role, bool ByReference, string Type);

internal enum ArgumentRole
{
    Peer,
    State,
    Header,
    Message,
    Body,
    Reason,
}

internal enum MethodResult
{
    None,
    ValueTask,
    Task,

    /// <summary>An object that becomes the state of the peer.</summary>
    State,

    /// <summary>A message, which is the reply.</summary>
    Reply,

    /// <summary>A <c>ValueTask</c> of a message, which is the reply.</summary>
    ReplyValueTask,

    /// <summary>A <c>Task</c> of a message, which is the reply.</summary>
    ReplyTask,
}
