namespace QContinuum.Generator.Model;

/// <summary>A class with [Processor]: what its dispatch is made of. Handlers that break a rule are not part of it.</summary>
/// <param name="Type">The class.</param>
/// <param name="Threading">The value of <c>QContinuum.Threading</c>, as an expression.</param>
/// <param name="Opened">The [Opened] method.</param>
/// <param name="Handlers">The [Handles] methods, in order of their ids.</param>
/// <param name="Unhandled">The [Unhandled] method.</param>
/// <param name="Closed">The [Closed] method.</param>
/// <param name="Unresolved">Handlers of a type that does not exist while generators run; a processor that has one refuses to run.</param>
/// <param name="Taken">Names of generated members that the class declares itself; they are not generated.</param>
internal sealed record ProcessorModel(
    TypeModel Type,
    string Threading,
    MethodModel? Opened,
    EquatableArray<HandlerModel> Handlers,
    MethodModel? Unhandled,
    MethodModel? Closed,
    EquatableArray<string> Unresolved,
    EquatableArray<string> Taken);

/// <summary>A method with [Handles].</summary>
/// <param name="Method">The method.</param>
/// <param name="Message">The message that it takes.</param>
/// <param name="TakesReader">Whether it takes the reader of the message instead of the value.</param>
internal sealed record HandlerModel(MethodModel Method, MessageShape Message, bool TakesReader);

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
}
